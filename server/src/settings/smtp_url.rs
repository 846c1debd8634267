//! The address of the organisation's mail server, and from whom its mail comes.

use std::net::IpAddr;

use lettre::message::Mailbox;

/// The address of a mail server, which may hold a password: it is not shown.
#[derive(Clone)]
pub struct SmtpUrl(String);

impl std::fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SmtpUrl")
    }
}

impl SmtpUrl {
    /// The address with how it is encrypted: by `smtps` from the start, by `smtp` on request before anything is said, and not at all
    /// where nothing leaves this machine.
    #[must_use]
    pub fn reveal_with_encryption(&self) -> String {
        let plain = self.0.strip_prefix("smtp://").is_none_or(|rest| is_here(host(rest)));
        if plain { self.0.clone() } else { format!("{}?tls=required", self.0) }
    }
}

/// The host in what stands behind the scheme.
fn host(rest: &str) -> &str {
    let authority = rest.split('/').next().unwrap_or_default();
    let place = authority.rsplit('@').next().unwrap_or_default();
    match place.strip_prefix('[') {
        Some(inside) => inside.split(']').next().unwrap_or_default(),
        None => place.split(':').next().unwrap_or_default(),
    }
}

fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

pub(super) fn smtp_url(text: &str) -> Result<SmtpUrl, String> {
    let rest = text.strip_prefix("smtp://").or_else(|| text.strip_prefix("smtps://"));
    match rest {
        Some(rest) if !host(rest).is_empty() && !rest.contains(['?', '#']) => Ok(SmtpUrl(text.to_owned())),
        _ => Err("an address such as smtps://user:password@mail.example.nl was expected".to_owned()),
    }
}

pub(super) fn mailbox(text: &str) -> Result<Mailbox, String> {
    text.parse().map_err(|_| "an address such as opstap@example.nl was expected".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn used(text: &str) -> String {
        smtp_url(text).unwrap().reveal_with_encryption()
    }

    #[test]
    fn a_password_leaves_this_machine_only_encrypted() {
        assert_eq!(used("smtp://a:b@mail.example.nl:587"), "smtp://a:b@mail.example.nl:587?tls=required");
        assert_eq!(used("smtps://a:b@mail.example.nl"), "smtps://a:b@mail.example.nl");
        for here in ["smtp://localhost:25", "smtp://a:b@127.0.0.1:2525", "smtp://[::1]:25"] {
            assert_eq!(used(here), here);
        }
        assert!(used("smtp://localhost.example.nl").ends_with("?tls=required"));
        assert!(used("smtp://localhost@mail.example.nl").ends_with("?tls=required"));
    }

    #[test]
    fn what_is_no_mail_server_is_refused_and_none_is_shown() {
        for wrong in
            ["mail.example.nl", "http://mail.example.nl", "smtp://", "smtp://a@", "smtp://mail?tls=opportunistic"]
        {
            assert!(smtp_url(wrong).is_err(), "{wrong}");
        }
        assert_eq!(format!("{:?}", smtp_url("smtp://a:geheim@mail.example.nl").unwrap()), "SmtpUrl");
    }
}
