using System.Globalization;
using System.Xml.Linq;

namespace Deploy.Verification.Reports.Formats.Html;

/// <summary>The few shapes that the charts are drawn with.</summary>
internal static class Svg
{
    public static XElement Image(double width, double height, string label, params IEnumerable<object?> shapes) => new(
        "svg",
        new XAttribute("viewBox", $"0 0 {Number(width)} {Number(height)}"),
        new XAttribute("width", Number(width)),
        new XAttribute("height", Number(height)),
        new XAttribute("role", "img"),
        new XElement("title", HtmlPage.Text(label)),
        shapes);

    public static XElement Rectangle(double x, double y, double width, double height, string style, string? hint = null) => new(
        "rect",
        new XAttribute("x", Number(x)), new XAttribute("y", Number(y)), new XAttribute("width", Number(Math.Max(width, 0))), new XAttribute("height", Number(height)),
        new XAttribute("class", style), Hint(hint));

    public static XElement Line(double x1, double y1, double x2, double y2, string style, string? hint = null) => new(
        "line",
        new XAttribute("x1", Number(x1)), new XAttribute("y1", Number(y1)), new XAttribute("x2", Number(x2)), new XAttribute("y2", Number(y2)),
        new XAttribute("class", style), Hint(hint));

    public static XElement Dot(double x, double y, string hint) => new(
        "circle", new XAttribute("cx", Number(x)), new XAttribute("cy", Number(y)), new XAttribute("r", "3.5"), new XAttribute("class", "dot"), Hint(hint));

    public static XElement Text(double x, double y, string text, string anchor = "start") => new(
        "text", new XAttribute("x", Number(x)), new XAttribute("y", Number(y)), new XAttribute("text-anchor", anchor), HtmlPage.Text(text));

    public static XElement Trend(IEnumerable<(double X, double Y)> points) => new(
        "polyline", new XAttribute("class", "trend"), new XAttribute("points", string.Join(' ', points.Select(point => $"{Number(point.X)},{Number(point.Y)}"))));

    public static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:#,0.#} ms");

    private static string Number(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    private static XElement? Hint(string? hint) => hint is null ? null : new("title", HtmlPage.Text(hint));
}
