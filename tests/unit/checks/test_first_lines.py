"""The first lines of a release: the kind apart from the news, and a lead that says something."""

import pytest

from tests.counterparts.recall import diagnosed

DAY = "\n\nOn 12 May 2027 the Trust opens the mill to the press in Norbury.\n"
JOUR = "\n\nLe 12 mai 2027, la Ville ouvre le moulin à la presse, à Vernoy.\n"


def checks(text):
    return {it.check for it in diagnosed("a.txt", text)[1].findings}


@pytest.mark.parametrize(
    "text",
    [
        f"Norbury Trust\nNorbury, 3 May 2027\n\nMEDIA ADVISORY Old mill turns its wheel again{DAY}",
        f"Norbury Trust\n\nPress release: Old mill turns its wheel again{DAY}",
        f"Ville de Vernoy\nVernoy, le 3 mai 2027\n\nCommuniqué de presse : 400 arbres poussent au bord de l’eau{JOUR}",
        f"Ville de Vernoy\n\nINVITATION PRESSE Le vieux moulin tourne de nouveau{JOUR}",
    ],
)
def test_the_kind_on_the_line_of_the_news_is_noted(text):
    assert "kind-in-headline" in checks(text)


@pytest.mark.parametrize(
    "text",
    [
        f"Norbury, 3 May 2027\nPress release: Norbury Trust for the Old Mill\n\n# Old mill turns its wheel again{DAY}",
        f"MEDIA ADVISORY – Norbury, 3 May 2027\n\nOld mill turns its wheel again{DAY}",
        f"Vernoy, le 3 mai 2027\nCommuniqué de presse : Fondation pour la recherche marine\n\n# Le vieux moulin tourne{JOUR}",
        f"Communiqué de presse – Vernoy, le 3 mai 2027\n\nLe vieux moulin tourne de nouveau{JOUR}",
    ],
)
def test_the_kind_beside_who_writes_is_left_alone(text):
    assert "kind-in-headline" not in checks(text)


HEAD_EN = "Norbury Trust\nMedia team\n\nPress release\nNorbury, 3 May 2027\n\nOld mill turns its wheel again\n\n"
HEAD_FR = "Ville de Vernoy\nService presse\n\nCommuniqué de presse\nVernoy, le 3 mai 2027\n\nLe vieux moulin tourne\n\n"


@pytest.mark.parametrize(
    "lead",
    [
        f"{HEAD_EN}Flour has always fed people, and we are proud of what has been done for so long.{DAY}",
        f"{HEAD_FR}Le pain a toujours nourri les hommes. Qui n’aime pas son odeur, un matin d’hiver ?{JOUR}",
    ],
)
def test_a_lead_below_several_labels_that_says_nothing_is_noted(lead):
    assert "lead-incomplete" in checks(lead)


@pytest.mark.parametrize("text", [HEAD_EN + DAY.strip(), HEAD_FR + JOUR.strip()])
def test_a_lead_below_several_labels_that_says_it_all_is_left_alone(text):
    assert "lead-incomplete" not in checks(text)
