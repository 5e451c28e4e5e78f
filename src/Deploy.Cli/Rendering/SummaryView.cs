using System.Text.Json.Nodes;
using Deploy.Cli.Commands;
using Deploy.Engine.Values;
using Deploy.Verification.Reports;
using Spectre.Console;

namespace Deploy.Cli.Rendering;

/// <summary>The last words of a command on standard output.</summary>
internal static class SummaryView
{
    public static void Write(CommandContext context, UpParts parts)
    {
        if (parts.Outputs is { } outputs)
        {
            WriteOutputs(context, outputs);
        }

        var lines = new List<string>();
        if (parts.Changes is { } changes && parts.Outputs is not null)
        {
            lines.Add($"resources: {ChangesText.Done(changes)}");
        }

        if (parts.Verification is { } verification)
        {
            var counts = verification.Endpoints.GroupBy(endpoint => endpoint.Status).OrderBy(group => group.Key).Select(group => $"{group.Count()} {VerificationJson.Text(group.Key)}");
            lines.Add($"endpoints: {string.Join(", ", counts)}");
        }

        if (parts.Quota is { } quota)
        {
            lines.Add($"quota: {quota.Status.ToString().ToLowerInvariant()}");
        }

        lines.AddRange(parts.Times.Select(time => $"{time.What}: {StepText.Duration(time.Took)}"));
        if (parts.Times.Count > 0)
        {
            lines.Add($"total: {StepText.Duration(parts.Times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time.Took))}");
        }

        foreach (var line in lines)
        {
            context.Out.MarkupLineInterpolated($"  {line}");
        }
    }

    public static void WritePlan(CommandContext context, EngineRun plan)
    {
        foreach (var step in plan.Steps)
        {
            context.Out.MarkupLineInterpolated($"{StepText.Mark(step.Op),-2} {step.Op.ToString().ToLowerInvariant(),-8} {step.Urn.Type}  {step.Urn.Name}");
        }

        context.Out.MarkupLineInterpolated($"{ChangesText.Planned(plan.Result.Changes)}");
    }

    private static void WriteOutputs(CommandContext context, PropertyMap outputs)
    {
        context.Out.MarkupLine("[bold]Outputs[/]");
        foreach (var (name, value) in outputs)
        {
            // The endpoints have a table of their own; here only where they are.
            if (name == "endpoints" && PropertyJson.ToJson(value, showSecrets: false) is JsonArray endpoints)
            {
                foreach (var endpoint in endpoints)
                {
                    context.Out.MarkupLineInterpolated($"  {endpoint?["project"]}/{endpoint?["name"]}: {endpoint?["uri"]}");
                }

                continue;
            }

            context.Out.MarkupLineInterpolated($"  {name}: {PropertyJson.ToJson(value, context.Global.ShowSecrets)?.ToJsonString() ?? "null"}");
        }
    }
}
