"""The words of the model card and of the transparency record. Names in braces are filled in from the build."""

Sections = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""Headings, each with its rows: a key and what is said; a key that begins with a star stands for rows of the build."""

MODEL_CARD_TEXT: Sections = (
    (
        "What it is",
        (
            (
                "Name",
                "Signs worth asking about, in three lenses",
            ),
            (
                "Kind",
                "Fixed rules with declared thresholds. Nothing in them is learned from data.",
            ),
            (
                "Rules",
                "{rules}",
            ),
            (
                "Version",
                "{version}",
            ),
            (
                "Beside it",
                "{model}",
            ),
            (
                "Licence",
                "MIT for the code. The figures keep the licences of their publishers.",
            ),
        ),
    ),
    (
        "What it is for",
        (
            (
                "Use",
                "To choose what to ask a council about, with the figures and their sources in hand.",
            ),
            (
                "Users",
                "Councillors, officers, auditors, residents and journalists.",
            ),
            (
                "Not for",
                "Deciding about a council, a grant or a person; putting councils in order; forecasting; "
                "automatic alerts.",
            ),
        ),
    ),
    (
        "What it was tested on",
        (
            (
                "Figures",
                "What had been published by each 1 October from 2012, of the councils of that day.",
            ),
            (
                "Size",
                "{size}",
            ),
            (
                "Events",
                "The register of formal actions. For money: {fiscal}. For governance: {governance}.",
            ),
            (
                "Variants",
                "{variants} tried, all in the log of the back-test.",
            ),
        ),
    ),
    (
        "How well it does",
        (
            (
                "*performance",
                "",
            ),
            (
                "In general",
                "{chance}",
            ),
        ),
    ),
    (
        "The fitted model",
        (
            (
                "*model",
                "",
            ),
        ),
    ),
    (
        "What it cannot do",
        (
            (
                "*limits",
                "",
            ),
        ),
    ),
    (
        "Fairness and harm",
        (
            (
                "Councils",
                "Councils are compared with their own type. Small districts have few figures and few signs. A "
                "council that files late can be flagged for that alone, and the page says so.",
            ),
            (
                "People",
                "No figure is about a person. A sign can still hurt those who work for a council: hence facts "
                "with links, a harmless explanation beside each sign, and room for the council's reply.",
            ),
            (
                "Gaming",
                "A council could move reserves or borrowing around a date. Rules look at several things for "
                "that reason, but could be met in form only.",
            ),
        ),
    ),
)
"""What the rules are, what they were tested on, what they cannot do."""

TRANSPARENCY_TEXT: Sections = (
    (
        "Tier 1: overview",
        (
            (
                "Name",
                "Moothall: signs worth asking about",
            ),
            (
                "Description",
                "Rules that compare a council's published figures on finance and governance with those of its "
                "type, and say which are unusual and worth a question. They give facts, their age and "
                "questions; no score, no order, no decision.",
            ),
            (
                "Website",
                "The pages under Signs worth asking about on this site.",
            ),
            (
                "Contact",
                "None is given here: whoever runs this copy has to name one.",
            ),
        ),
    ),
    (
        "1 Owner and responsibility",
        (
            (
                "1.1 Organisation",
                "The Moothall contributors. No public body owns or runs it, as far as this copy knows.",
            ),
            (
                "1.2 Team",
                "The contributors named in the history of the code.",
            ),
            (
                "1.3 Senior responsible owner",
                "Nobody. Moothall is free software, and whoever runs a copy is responsible for that copy.",
            ),
            (
                "1.4 Third parties",
                "None: no supplier, no contract, no access to data that is not public.",
            ),
        ),
    ),
    (
        "2 Description and rationale",
        (
            (
                "2.1 Detailed description",
                "{rules} Each rule names its figure, its test, its threshold with reason and source, and what "
                "could explain it harmlessly. A lens counts kinds of signs and says no unusual sign, watch, "
                "look closer or cannot say.",
            ),
            (
                "2.2 Scope",
                "Principal councils in England. Not for decisions about any council or person.",
            ),
            (
                "2.3 Benefit",
                "Anyone can see which published figures are unusual, and how often such signs were right.",
            ),
            (
                "2.4 Previous process",
                "Spreadsheets, press reports, and published tools that do not say how often they were right.",
            ),
            (
                "2.5 Alternatives considered",
                "Single ratios, a weighted composite and a fitted model. All are in the back-test, and where "
                "one is better the report says so.",
            ),
        ),
    ),
    (
        "3 Decision-making process",
        (
            (
                "3.1 Process integration",
                "None. It feeds conversations between people.",
            ),
            (
                "3.2 Provided information",
                "For each sign the figure, its period and age, the middle of the type, the record of the rule, "
                "a question and harmless explanations.",
            ),
            (
                "3.3 Frequency and scale of usage",
                "Not known: readers are not followed.",
            ),
            (
                "3.4 Human decisions and review",
                "Every decision is a person's. The rules decide nothing.",
            ),
            (
                "3.5 Required training",
                "None. Each page says how to read it.",
            ),
            (
                "3.6 Appeals and review",
                "A council can reply beside its figures, and a fault can be reported with the code. The "
                "register keeps a reason for each row that was taken out.",
            ),
        ),
    ),
    (
        "4 Tool specification",
        (
            (
                "4.1.1 System architecture",
                "Definitions in YAML, a build in DuckDB, pure functions in Python, plain pages.",
            ),
            (
                "4.1.2 Phase",
                "In development.",
            ),
            (
                "4.1.3 Maintenance",
                "By volunteers, without promise. A changed rule is logged as a new variant.",
            ),
            (
                "4.2.1 Model name and version",
                "{version}",
            ),
            (
                "4.2.3 Model task",
                "To mark figures that are unusual within a type, by fixed thresholds.",
            ),
            (
                "4.2.4 Model input",
                "Published yearly and quarterly figures of councils, and dates of inspections.",
            ),
            (
                "4.2.5 Model output",
                "For each rule: present, watched, not present or could not be assessed. For each lens a band.",
            ),
            (
                "4.2.6 Model architecture",
                "Rules. The fitted model beside them is a penalised logistic hazard with three variables, shown"
                " on the page of the back-test only.",
            ),
            (
                "*4.2.7 Model performance: ",
                "",
            ),
            (
                "4.3 Development data",
                "The figures of this build and the register of formal actions, complete to {end}. No rule was "
                "fitted to them.",
            ),
            (
                "4.3.4 Sensitive attributes",
                "None: no figure is about a person.",
            ),
            (
                "4.3.5 Completeness",
                "{gaps}",
            ),
            (
                "4.3.6 Data cleaning",
                "Declared corrections only, each with its reason. Nothing is filled in.",
            ),
            (
                "4.4 Operational data",
                "The same published figures, as of the day that is asked for.",
            ),
        ),
    ),
    (
        "5 Risks, mitigations and impact assessments",
        (
            (
                "5.1 Impact assessments",
                "None has been made by a public body. The signs use no personal data, so no data protection "
                "impact assessment was made.",
            ),
            (
                "5.2 Risk: read as a verdict",
                "Every page that names a council prints how seldom a flag is right, and a harmless explanation "
                "beside each sign.",
            ),
            (
                "5.3 Risk: read as an order of councils",
                "No page, file or command puts councils in order by it.",
            ),
            (
                "5.4 Risk: old figures",
                "Each sign shows the age of its figure, and one that is too old cannot be assessed.",
            ),
            (
                "5.5 Risk: hindsight",
                "The digest of the rules is noted before the run, every variant is logged, and past days are "
                "asked with what had been published by then.",
            ),
        ),
    ),
)
"""Under the headings of the Algorithmic Transparency Recording Standard, version 3."""
