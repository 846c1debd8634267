//! The instruments that ship, for whoever has to have them without a network.
//!
//! They are part of the program that uses them and of no other: the linker leaves out what is not named.

/// The files of all instruments, by the name of the file, for [`parse`](super::parse).
pub const SHIPPED: [&[u8]; 10] = [
    include_bytes!("../../../../library/instruments/fitting.1.json"),
    include_bytes!("../../../../library/instruments/follow-up.1.json"),
    include_bytes!("../../../../library/instruments/iroc-selection.1.json"),
    include_bytes!("../../../../library/instruments/nah.1.json"),
    include_bytes!("../../../../library/instruments/own-view.1.json"),
    include_bytes!("../../../../library/instruments/points-to-weigh.1.json"),
    include_bytes!("../../../../library/instruments/specialist.1.json"),
    include_bytes!("../../../../library/instruments/zoeken.1.json"),
    include_bytes!("../../../../library/instruments/zrm.1.json"),
    include_bytes!("../../../../library/instruments/zrm.2017.json"),
];
