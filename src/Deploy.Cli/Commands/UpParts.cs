using System.Text.Json.Nodes;
using Deploy.Cli.Composition;
using Deploy.Cli.Documents;
using Deploy.Cli.Rendering;
using Deploy.Core;
using Deploy.Engine;
using Deploy.Engine.Values;
using Deploy.Verification.Quota;
using Deploy.Verification.Reports;

namespace Deploy.Cli.Commands;

/// <summary>What a walk of <c>deploy up</c> has got to so far; it is reported wherever the walk ends.</summary>
internal sealed class UpParts
{
    public List<DeployError> Errors { get; } = [];

    public ChangeSummary? Changes { get; set; }

    public PropertyMap? Outputs { get; set; }

    /// <summary>Whether the update has begun.</summary>
    public bool HasTouched { get; set; }

    public VerificationReport? Verification { get; set; }

    public QuotaReport? Quota { get; set; }

    /// <summary>What took how long, in order.</summary>
    public List<(string What, TimeSpan Took)> Times { get; } = [];

    public async Task<T> MeasureAsync<T>(string what, TimeProvider time, Func<Task<T>> work)
    {
        var began = time.GetTimestamp();
        try
        {
            return await work();
        }
        finally
        {
            Times.Add((what, time.GetElapsedTime(began)));
        }
    }

    /// <param name="context">Of the command.</param>
    /// <param name="stack">The stack the user meant, whether it exists or not.</param>
    public Outcome ToOutcome(CommandContext context, string stack)
    {
        if (!context.Global.Json)
        {
            SummaryView.Write(context, this);
        }

        return new Outcome
        {
            Stack = stack,
            Errors = Errors,
            HasTouched = HasTouched,
            Parts = new JsonObject
            {
                ["changes"] = EngineJson.Changes(Changes ?? ChangeSummary.None),
                ["outputs"] = Outputs is null ? null : EngineJson.Outputs(Outputs, context.Global.ShowSecrets),
                ["verification"] = Verification is null ? null : VerificationJson.ToNode(Verification),
                ["quota"] = Quota is null ? null : QuotaJson.ToNode(Quota),
            },
        };
    }
}
