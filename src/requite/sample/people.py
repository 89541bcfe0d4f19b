"""Invented names."""

_FIRST = """
    Adela Ambrose Anneke Arlo Beatrix Bram Calla Caspian Corin Dalia Dario Edda Elric Esme Fenna
    Florian Greta Hale Hollis Ilse Ines Jory Juna Kasper Kit Lavinia Leif Linnea Lorcan Mabel
    Mirela Nadia Niall Odile Orrin Ottilie Petra Quill Ramona Reva Rhys Saskia Soren Tamsin Tobin
    Ulla Una Valdis Vero Wren Willa Xenia Yara Yorick Zelda Zev
"""
_LAST = """
    Abernal Ashgrove Barrowe Bexley Brandvold Brisco Calloway Cardew Corvane Dray Dunmoor Eastley
    Elwing Fairbourne Fenwick Galloway Garrick Hadley Harrowgate Hollen Ibarrow Ingram Jessop
    Juldane Kestle Kirkwall Lanmore Larkin Lyndale Marlowe Merrin Nettle Norrell Okonda Orwin
    Pellow Penhale Quist Quorley Rooke Rusk Selwyn Stott Sutcliff Tarrant Thorne Umber Underhay
    Varga Vexley Wadlow Westerby Wynn Yardley Yates Zabel Zorn
"""
FIRST_NAMES = tuple(_FIRST.split())
LAST_NAMES = tuple(_LAST.split())
