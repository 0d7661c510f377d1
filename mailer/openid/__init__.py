"""Signs people in at an OpenID provider: ProConnect, Keycloak, or another one."""
