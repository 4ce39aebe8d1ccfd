"""What a Teams webhook answers when it fails, and what to do about it."""
# ruff: noqa: E501 - a table of sentences

from service.delivery.advice import ENDED_EACH_TIME, Advice

CARD_ADVICE = (
    ENDED_EACH_TIME,
    Advice(
        r"^\S+ (404|410)",
        "Flowet bag Teams-webhooken er slettet ({code}). Lav et nyt, og sæt {settings}TEAMS_WEBHOOK.",
        "The flow behind the Teams webhook was deleted ({code}). Make a new one and set {settings}TEAMS_WEBHOOK.",
    ),
    Advice(
        r"^\S+ (401|403)",
        "Flowet tager ikke imod ({code}). Lad »Alle« udløse det, og kopiér hele adressen igen.",
        "The flow does not accept us ({code}). Let “Anyone” trigger it, and copy the whole address again.",
    ),
    Advice(
        r"^\S+ (400|413)",
        "Flowet kunne ikke bruge kortet ({code}). Brug skabelonen »Send webhook-beskeder til en kanal«.",
        "The flow could not use the card ({code}). Use the template “Send webhook alerts to a channel”.",
    ),
    Advice(
        r"^\S+ (408|425|429|5\d\d)",
        "Teams kan ikke lige nu ({code}). Tjenesten prøver selv igen.",
        "Teams cannot just now ({code}). The service tries again by itself.",
    ),
    Advice(
        r"^\S+ 3\d\d",
        "Webhooken viser videre til et andet sted ({code}), og det følger vi ikke. Ret {settings}TEAMS_WEBHOOK.",
        "The webhook points to another place ({code}), which we do not follow. Correct {settings}TEAMS_WEBHOOK.",
    ),
    Advice(
        r"^\S+ bad-url",
        "Webhookens adresse kan ikke bruges. Kopiér den hele fra flowet; den begynder med https://.",
        "The webhook's address cannot be used. Copy all of it from the flow; it starts with https://.",
    ),
    Advice(
        r"^\S+ host-unknown",
        "Webhookens server kan ikke findes herfra. Kopiér hele adressen igen; går I på nettet gennem en proxy, så sæt HTTPS_PROXY.",
        "The webhook's server cannot be found from here. Copy the whole address again; if you go by a proxy, set HTTPS_PROXY.",
    ),
    Advice(
        r"^\S+ forbidden-address",
        "Webhookens adresse fører ind i jeres eget net, og dér kalder vi ikke. Brug flowets offentlige adresse.",
        "The webhook's address leads into your own network, where we do not call. Use the flow's public one.",
    ),
    Advice(
        r"^\S+ (proxy)",
        "Jeres proxy lod os ikke komme frem. Bed om åbning for webhookens server, eller ret HTTPS_PROXY.",
        "Your proxy did not let us through. Have it opened for the webhook's server, or correct HTTPS_PROXY.",
    ),
    Advice(
        r"^\S+ (tls-|ca-file)",
        "Certifikatet hos webhooken kunne ikke godkendes ({code}). Åbner jeres net TLS, så sæt REQUESTS_CA_BUNDLE.",
        "The webhook's certificate could not be verified ({code}). If your network opens TLS, set "
        "REQUESTS_CA_BUNDLE.",
    ),
    Advice(
        r"^\S+ (silent|dropped|garbled)",
        "Webhooken svarede ikke færdigt. Kortet kan være vist; se i Teams, før I prøver igen.",
        "The webhook did not finish its answer. The card may be shown; look in Teams before trying again.",
    ),
    Advice(
        r"^\S+ (refused|unreachable)",
        "Webhookens server kan ikke nås herfra. Bed om åbning i firewallen, eller sæt HTTPS_PROXY.",
        "The webhook's server cannot be reached from here. Have the firewall opened, or set HTTPS_PROXY.",
    ),
)
