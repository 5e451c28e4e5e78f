using Deploy.Cli.Terminal;
using Deploy.Core;
using Deploy.Verification.Reports;

namespace Deploy.Cli.Reports;

/// <summary>The last look over a report before it leaves the process: no secret, and no id that names a tenant, a subscription or a person.</summary>
internal static class ReportRedaction
{
    public static RunReport Clean(RunReport report, Streams streams, bool unredacted)
    {
        var scrubber = EnvironmentSecrets.Scrubber(streams);
        return ReportTexts.Map(report, text =>
        {
            var clean = scrubber.Clean(VisibleText.WellFormed(text));
            return unredacted ? clean : IdentifierMask.Clean(clean);
        });
    }
}
