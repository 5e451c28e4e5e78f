using Deploy.Cli.Composition;
using Deploy.Environments;
using Deploy.Verification.Quota;
using Deploy.Verification.Reports;
using Deploy.Verification.Reports.Comparison;

namespace Deploy.Cli.Reports;

/// <summary>What a command has got to so far that its reports show; they are written wherever it ends.</summary>
internal sealed class ReportParts
{
    public VerificationReport? Verification { get; set; }

    public QuotaReport? Quota { get; set; }

    public RunComparison? Comparison { get; set; }

    /// <summary>Why verification was left out on purpose; null when it was not.</summary>
    public string? LeftOut { get; set; }

    /// <summary>Where endpoints are written in the settings.</summary>
    public IReadOnlyDictionary<string, SourceMark> Sources { get; set; } = new Dictionary<string, SourceMark>();

    /// <summary>Takes from a stack what reports say about it.</summary>
    public void Take(StackSession session) => Sources = (session.Settings?.Endpoints ?? [])
        .Where(pair => pair.Endpoint.Mark is not null)
        .ToDictionary(pair => $"{pair.Project.Name}/{pair.Endpoint.Name}", pair => pair.Endpoint.Mark!, StringComparer.Ordinal);
}
