//! The library as it ships: the plan files and the table of pictograms, for whoever has to have them without a network.
//!
//! They are part of the program that uses them and of no other: the linker leaves out what is not named.

/// The files of all plans, by the name of the plan.
pub const PLANS: [&[u8]; 20] = [
    include_bytes!("../../../library/plans/aardappels-schillen.json"),
    include_bytes!("../../../library/plans/afspraak-maken.json"),
    include_bytes!("../../../library/plans/afwassen.json"),
    include_bytes!("../../../library/plans/badkamer-schoonmaken.json"),
    include_bytes!("../../../library/plans/bed-opmaken.json"),
    include_bytes!("../../../library/plans/bericht-sturen.json"),
    include_bytes!("../../../library/plans/boodschappen-doen.json"),
    include_bytes!("../../../library/plans/de-was-doen.json"),
    include_bytes!("../../../library/plans/de-weg-vragen.json"),
    include_bytes!("../../../library/plans/douchen.json"),
    include_bytes!("../../../library/plans/geldzaken-doen.json"),
    include_bytes!("../../../library/plans/in-en-uitchecken.json"),
    include_bytes!("../../../library/plans/medicijnen-innemen.json"),
    include_bytes!("../../../library/plans/naar-bed-gaan.json"),
    include_bytes!("../../../library/plans/naar-de-club-gaan.json"),
    include_bytes!("../../../library/plans/om-hulp-bellen.json"),
    include_bytes!("../../../library/plans/opstaan.json"),
    include_bytes!("../../../library/plans/ov-pas-opladen.json"),
    include_bytes!("../../../library/plans/post-beantwoorden.json"),
    include_bytes!("../../../library/plans/spaghetti-koken.json"),
];

/// The table of pictograms, for [`crate::pictograms::parse`].
pub const PICTOGRAMS: &[u8] = include_bytes!("../../../library/pictograms.json");
