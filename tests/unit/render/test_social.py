"""Posts about a release: as long as a network allows, never longer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.model.press_room.social_card import NETWORKS
from mailer.render.social import card_words, length_on, post
from tests.counterparts.pages import SCENES, compiled

LINK = "https://presse.institut.example/une-adresse-assez-longue/2026/12"
X, BLUESKY, MASTODON, LINKEDIN = NETWORKS
WORDS = st.text(st.sampled_from("abcdeé ,.!?…«»\u00a0🙂漢ÀB"), min_size=1, max_size=700).map(
    lambda it: " ".join(it.split(" ")).strip() or "a"
)


@given(
    title=WORDS, summary=WORDS, network=st.sampled_from(NETWORKS), link=st.sampled_from(["", LINK])
)
def test_13_no_post_is_longer_than_its_network_allows(title, summary, network, link):
    made = post(network, title=title, summary=summary, link=link)

    assert made.length == length_on(network, made.text, link=link) <= network.limit
    assert made.text.endswith(link)
    body = made.text.removesuffix(link).strip()
    whole = f"{title}\n\n{summary}"
    # Every word of it is a word of the release, and none is cut.
    cut = body.removesuffix("…").rstrip()
    assert whole.startswith(cut) or title.split()[: len(cut.split())] == cut.split()


def test_13_a_post_takes_whole_sentences_of_the_lead():
    first, second = f"Une phrase de {'mots ' * 30}ici.", "Une autre de M. J. Petit. " * 9

    made = {
        it.name: post(it, title="Titre", summary=f"{first} {second}", link=LINK).text
        for it in NETWORKS
    }

    assert made["X"].startswith(f"Titre\n\n{first} Une autre de M. J. Petit.")
    assert all(text.removesuffix(LINK).rstrip().endswith("Petit.") for text in made.values())
    assert made["LinkedIn"] == f"Titre\n\n{first} {second}".rstrip() + f"\n\n{LINK}"


@pytest.mark.parametrize(
    ("words", "sentences"),
    [
        ("Le Pr. Durand et Mme Petit parlent. Ils répondent.", 2),
        ("J. Martin, M. Petit, MM. Roux : tous. Vraiment ? Oui !", 3),
        ("Dr. Smith agrees. St. Mary does. So does Prof. Lee.", 3),
        ("« Venez ! » dit-elle. « Oui. » Puis rien.", 3),
        ("Le site www.a.example. Voir p. 5 et l’art. 3, etc. Fin.", 3),
    ],
)
def test_13_a_title_or_an_initial_ends_no_sentence(words, sentences):
    lengths = {len(post(it, title="T", summary=words, link="").text) for it in _networks_up_to(90)}

    assert len(lengths) == sentences + 1  # and the title alone


def _networks_up_to(limit):
    return [type(LINKEDIN)("every length", n) for n in range(1, limit)]


@pytest.mark.parametrize(
    ("network", "text", "length"),
    [
        (X, f"Été « là »\n\n{LINK}", 12 + 23),
        (X, "🙂", 2),
        (X, "Fin…", 5),
        (BLUESKY, f"Été\n\n{LINK}", 5 + len(LINK)),
        (MASTODON, f"Été\n\n{LINK}", 5 + 23),
    ],
)
def test_13_a_post_is_counted_as_its_network_counts(network, text, length):
    assert length_on(network, text, link=LINK) == length


def test_13_a_card_says_the_headline_the_lead_and_the_first_picture():
    scene = next(it for it in SCENES if str(it) == "every-block")
    message = compiled(scene)

    words = card_words("".join(piece for piece in message.html if isinstance(piece, str)))

    assert words.title == "Une salle de lecture s’ouvre aux malades et aux chercheurs"
    assert words.summary.startswith("À partir du mercredi 10\u00a0janvier\u00a02018, patients")
    assert words.summary.endswith("les mêmes articles.")
    assert words.alternative_text == "Une longue table claire, vue d’en haut"
    assert words.picture_id in {it.content_id for it in message.embedded}
