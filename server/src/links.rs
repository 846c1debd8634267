//! Sign-in links: what they look like, in text and as a QR code in a terminal.

use std::io::{self, Write};

use opstap_core::model::OrganisationRole;
use opstap_sync_server::service::Secret;
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

/// The address that signs somebody in. The code stands behind the `#`, which browsers do not send and no server logs.
#[must_use]
pub fn address(base: &str, role: OrganisationRole, code: &Secret) -> String {
    let app = match role {
        OrganisationRole::Participant => "",
        OrganisationRole::Professional | OrganisationRole::Coordinator | OrganisationRole::Administrator => "/desk",
    };
    format!("{base}{app}/pair#{}", code.reveal())
}

/// Writes a link for somebody, with a QR code where that is asked for.
///
/// # Errors
/// When the terminal is gone.
pub fn write(to: &mut impl Write, name: &str, address: &str, with_qr: bool) -> io::Result<()> {
    writeln!(to, "{name:<10} {address}")?;
    if !with_qr {
        return Ok(());
    }
    match QrCode::new(address) {
        // Light modules are drawn and dark ones left out: that reads right on a dark terminal, and scanners take both.
        Ok(code) => {
            let drawn = code.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build();
            writeln!(to, "{drawn}\n")
        }
        Err(_) => writeln!(to, "(too long for a QR code)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_stands_on_one_line_with_its_name_and_the_qr_code_below() {
        let mut written = Vec::new();
        write(&mut written, "Sem", "http://127.0.0.1:8080/pair#ABC", true).unwrap();
        let written = String::from_utf8(written).unwrap();
        let (first, rest) = written.split_once('\n').unwrap();
        assert_eq!(first, "Sem        http://127.0.0.1:8080/pair#ABC");
        assert!(rest.lines().count() > 10, "{rest}");
    }
}
