using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Deploy.Verification.Reports.Formats;

/// <summary>What the XML formats share.</summary>
internal static class ReportXml
{
    // Longer ones help nobody, and a service decides how long they are.
    private const int MostCharacters = 8_000;

    /// <summary>A text for an element: lines stay, what XML forbids is spelt out.</summary>
    public static string Text(string text) => VisibleText.Cut(VisibleText.Lines(text), MostCharacters);

    /// <summary>A text for an attribute.</summary>
    public static string Line(string text) => VisibleText.Cut(VisibleText.Line(text), MostCharacters);

    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);

    public static byte[] Render(XElement root)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true }))
        {
            new XDocument(root).Save(writer);
        }

        return stream.ToArray();
    }
}
