using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Deploy.Catalog;
using Deploy.Cli.Rendering;
using Spectre.Console;

namespace Deploy.Cli.Commands;

/// <summary><c>deploy models</c>: what the catalog knows, as of its date.</summary>
internal static class ModelsCommand
{
    public static Command Create(DeployProgram program)
    {
        var current = new Option<bool>("--current") { Description = "Only models that Azure still lets be deployed." };
        var command = new Command("models",
            """
            Lists the models of the catalog: where they stand in their life, what follows them, where they run.

            Examples:
              deploy models
              deploy models --current -o json
            """) { current };
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, context => Task.FromResult(Run(context, parsed.GetValue(current)))));
        return command;
    }

    private static Outcome Run(CommandContext context, bool currentOnly)
    {
        var catalog = AzureCatalog.Default.Models;
        var now = context.Streams.TimeProvider.GetUtcNow();
        var models = catalog.Models.Where(model => !currentOnly || model.Lifecycle.At(now) < LifecycleStage.Deprecated).ToArray();
        if (!context.Global.Json)
        {
            Write(context, models, now);
        }

        return new Outcome
        {
            HasStack = false,
            Parts = new JsonObject
            {
                ["asOf"] = Day(catalog.AsOf),
                ["models"] = new JsonArray([.. models.Select(model => ToNode(model, now))]),
            },
        };
    }

    private static void Write(CommandContext context, IEnumerable<CatalogModel> models, DateTimeOffset now)
    {
        var table = TableStyle.New($"Models (catalog of {Day(AzureCatalog.Default.Models.AsOf)})", "Model", "Stage", "Retired", "Successor", "Context", "Serverless", "Managed");
        foreach (var model in models)
        {
            var stage = model.Lifecycle.At(now);
            var color = stage switch { LifecycleStage.Current => "green", LifecycleStage.Legacy => "yellow", _ => "red" };
            table.AddRow(
                new Markup(Markup.Escape(model.Name.Value)),
                new Markup($"[{color}]{stage.ToString().ToLowerInvariant()}[/]"),
                new Markup(Day(model.Lifecycle.Retired) ?? "-"),
                new Markup(model.Successor?.Value ?? "-"),
                new Markup(model.ContextTokens.ToString("#,0", CultureInfo.InvariantCulture)),
                new Markup(model.Serverless.IsOffered ? $"{model.Serverless.CurrentRegions.Count} regions" : "no"),
                new Markup(model.Managed.IsOffered ? (model.Managed.InstanceTypes.Count > 0 ? $"{model.Managed.InstanceTypes.Count} VM sizes" : "yes") : "no"));
        }

        context.Out.Write(table);
    }

    private static JsonObject ToNode(CatalogModel model, DateTimeOffset now) => new()
    {
        ["name"] = model.Name.Value,
        ["family"] = model.Family,
        ["publisher"] = model.Publisher,
        ["registryId"] = model.RegistryId,
        ["latestVersion"] = model.LatestVersion,
        ["stage"] = model.Lifecycle.At(now).ToString().ToLowerInvariant(),
        ["legacy"] = Day(model.Lifecycle.Legacy),
        ["deprecated"] = Day(model.Lifecycle.Deprecated),
        ["retired"] = Day(model.Lifecycle.Retired),
        ["successor"] = model.Successor?.Value,
        ["contextTokens"] = model.ContextTokens,
        ["serverlessRegions"] = new JsonArray([.. model.Serverless.CurrentRegions.Select(region => (JsonNode)region.Name)]),
        ["instanceTypes"] = new JsonArray([.. model.Managed.InstanceTypes.Select(type => (JsonNode)type)]),
    };

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
