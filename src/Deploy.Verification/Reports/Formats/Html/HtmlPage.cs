using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Deploy.Verification.Reports.Formats.Html;

/// <summary>The frame of the page. It is built as XML, so that no text can become markup; the content policy forbids everything but its own style sheet.</summary>
internal static class HtmlPage
{
    private const int MostCharacters = 4_000;

    // No quotes, ampersands or angle brackets: between style tags HTML knows no entities.
    private const string Style = """

        :root { color-scheme: light dark; --fg: #1b1b1b; --bg: #fff; --line: #ccc; --soft: #f3f3f3; --pass: #14692a; --warn: #8a5300; --fail: #b3121d; --skip: #5f5f5f; --mark: #2457c5; }
        @media (prefers-color-scheme: dark) { :root { --fg: #e8e8e8; --bg: #161616; --line: #444; --soft: #232323; --pass: #5ecb7a; --warn: #e5a84b; --fail: #ff7b7b; --skip: #a0a0a0; --mark: #7ea6ff; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 70rem; padding: 1rem; font: 1rem/1.45 system-ui, sans-serif; color: var(--fg); background: var(--bg); overflow-wrap: anywhere; }
        h1 { font-size: 1.4rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
        a { color: var(--mark); }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; }
        th, td { text-align: left; vertical-align: top; padding: .3rem .5rem; border-bottom: 1px solid var(--line); }
        .totals { width: auto; max-width: 100%; } .totals tr { display: flex; flex-wrap: wrap; } .totals th, .totals td { border: 0; }
        details { border: 1px solid var(--line); border-radius: .4rem; padding: .5rem .7rem; margin: .5rem 0; }
        summary { cursor: pointer; }
        .badge { border: 1px solid; border-radius: .7rem; padding: 0 .5rem; font-size: .8rem; font-weight: 600; white-space: nowrap; }
        .pass { color: var(--pass); } .warn, .inconclusive { color: var(--warn); } .fail { color: var(--fail); } .skip { color: var(--skip); }
        .try { margin: .2rem 0 0; } .try::before { content: \27A4\20; }
        dl { margin: .3rem 0; font: .8rem/1.4 ui-monospace, monospace; } dt { font-weight: 600; } dd { margin: 0 0 .3rem 1rem; white-space: pre-wrap; }
        svg { display: block; max-width: 100%; height: auto; } svg text { fill: var(--fg); font: 11px system-ui, sans-serif; }
        .axis { stroke: var(--line); } .track { fill: var(--soft); stroke: var(--line); } .used { fill: var(--skip); } .needed { fill: var(--mark); } .reserve { fill: var(--warn); } .over { stroke: var(--fail); stroke-width: 2; }
        .dot { fill: var(--mark); fill-opacity: .45; } .tick { stroke: var(--fg); stroke-width: 2; } .trend { fill: none; stroke: var(--mark); stroke-width: 1.5; }
        rect.pass { fill: var(--pass); } rect.warn, rect.inconclusive { fill: var(--warn); } rect.fail { fill: var(--fail); } rect.skip { fill: var(--line); }

        """;

    public static byte[] Render(string title, IEnumerable<XElement> body)
    {
        // Line ends as they will be read: HTML makes them LF before a style sheet is hashed.
        var style = Style.ReplaceLineEndings("\n").Replace(@"\27A4\20", "'\\27A4\\20'", StringComparison.Ordinal);
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        var page = new XElement(
            "html",
            new XAttribute("lang", "en"),
            new XElement(
                "head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement("meta", new XAttribute("http-equiv", "Content-Security-Policy"), new XAttribute("content", $"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'")),
                new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                new XElement("title", Text(title)),
                new XElement("style", style)),
            new XElement("body", body));
        using var stream = new MemoryStream();
        stream.Write("<!DOCTYPE html>\n"u8);
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.None };
        using (var writer = XmlWriter.Create(stream, settings))
        {
            page.Save(writer);
        }

        return stream.ToArray();
    }

    /// <summary>A text of unknown origin, visible and of a bearable length.</summary>
    public static string Text(string text) => VisibleText.Cut(VisibleText.Lines(text), MostCharacters);

    /// <summary>What scrolls by itself when it is wider than the screen, so that the page does not.</summary>
    public static XElement Wide(XElement content) => new("div", new XAttribute("class", "wide"), content);

    public static XElement Head(params IEnumerable<string> columns) => new("thead", new XElement("tr", columns.Select(column => new XElement("th", column))));

    public static XElement Badge(CheckStatus status) => new("span", new XAttribute("class", $"badge {VerificationJson.Text(status)}"), VerificationJson.Text(status));
}
