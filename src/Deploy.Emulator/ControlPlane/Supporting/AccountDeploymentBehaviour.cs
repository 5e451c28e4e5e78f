using System.Globalization;
using System.Text.Json.Nodes;
using Deploy.Catalog;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.Supporting;

/// <summary>
/// Deployments in AI Services accounts: stored, and refused as Azure does for what the catalog and <c>quota.json</c> know. Models of other formats than Microsoft's are not in the
/// catalog and pass. Nothing answers behind a deployment.
/// </summary>
internal sealed class AccountDeploymentBehaviour : ResourceBehaviour
{
    private const string CatalogFormat = "Microsoft";

    public override string Type => ResourceTypes.AccountDeployment;

    public override ArmResponse? Check(WriteContext write)
    {
        var name = NameOf(write.Body);
        var isAsBefore = write.Existing is { } existing && Label(existing.Properties["model"]).Equals(Label(write.Properties["model"]), StringComparison.OrdinalIgnoreCase);
        return (isAsBefore ? null : CheckModel(write, name)) ?? CheckQuota(write, name);
    }

    private static ArmResponse? CheckModel(WriteContext write, string name)
    {
        var asked = write.Wanted["model"];
        var model = write.Cloud.Catalog.Models.Find(name);
        var isOfCatalog = string.Equals((string?)asked?["format"], CatalogFormat, StringComparison.OrdinalIgnoreCase);
        if (model is null && !isOfCatalog)
        {
            return null;
        }

        var version = (string?)asked?["version"];
        if (model is not { Serverless.IsOffered: true } || !isOfCatalog || (version is not null && model.HasVersion(version) == false))
        {
            return ArmErrors.Error(400, "DeploymentModelNotSupported", $"The model '{Label(asked)}' of account deployment is not supported.");
        }

        var refused = write.Cloud.Options.Lifecycle == LifecycleServing.Real ? CheckLifecycle(write, model, Label(asked)) : null;

        // Who names no version asks for one that is on offer, and there is none (akshata29/entaoai issue 30, Azure/bicep-types-az issue 1735).
        return refused is null || version is not null ? refused : ArmErrors.Error(400, "DeploymentModelNotSupported",
            $"Creating account deployment is not supported by the model '{name}'. This is usually because there are better models available for the similar functionality.");
    }

    // This provider's words are one stage off: "deprecating" is what the catalog calls deprecated, and "deprecated since" names the day of retirement
    // (gpt-35-turbo 0613: retired on 2025-02-13, and refused as deprecated since that day).
    private static ArmResponse? CheckLifecycle(WriteContext write, CatalogModel model, string label) => model.Lifecycle.At(write.Cloud.Now) switch
    {
        LifecycleStage.Retired => ArmErrors.Error(400, "ServiceModelDeprecated",
            $"The model '{label}' has been deprecated since {model.Lifecycle.Retired?.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture)} 00:00:00."),

        // "Only customers with existing deployments can create new deployments with this model" (Cognitive Services REST, ModelLifecycleStatus).
        LifecycleStage.Deprecated when !Deployments(write.Cloud).Any(other => NameOf(other.Body).Equals(model.Name.Value, StringComparison.OrdinalIgnoreCase)) =>
            ArmErrors.Error(400, "ServiceModelDeprecating", $"The model '{label}' is in deprecating state and cannot be used for new deployments."),
        _ => null,
    };

    private static ArmResponse? CheckQuota(WriteContext write, string name)
    {
        var location = write.Cloud.Store.Get(write.Path.ParentId)!.Location;
        if (write.Cloud.Quotas.TokensOf(location, name) is not { } limit)
        {
            return null;
        }

        var used = write.Cloud.Store.OfTypeIn(ResourceTypes.CognitiveAccount, location)
            .SelectMany(account => write.Cloud.Store.OfTypeBelow(ResourceTypes.AccountDeployment, account.Id))
            .Where(other => NameOf(other.Body).Equals(name, StringComparison.OrdinalIgnoreCase))
            .Sum(other => CapacityOf(other.Body));
        var before = write.Existing is { } existing && NameOf(existing.Body).Equals(name, StringComparison.OrdinalIgnoreCase) ? CapacityOf(existing.Body) : 0;
        var more = CapacityOf(write.Body) - before;
        var left = Math.Max(0, limit - used);
        var quota = $"Tokens Per Minute (thousands) - {name}";
        return more <= 0 || more <= left ? null : ArmErrors.Error(400, "InsufficientQuota",
            $"This operation require {more} new capacity in quota {quota}, which is bigger than the current available capacity {left}. The current quota usage is {used} and the quota limit is {limit} for quota {quota}.");
    }

    private static IReadOnlyList<StoredResource> Deployments(Cloud cloud) => cloud.Store.OfType(ResourceTypes.AccountDeployment);

    private static string NameOf(JsonObject body) => (string?)body["properties"]?["model"]?["name"] ?? "";

    private static int CapacityOf(JsonObject body) => body["sku"]?["capacity"] is JsonValue value && value.TryGetValue<int>(out var capacity) ? capacity : 1;

    private static string Label(JsonNode? model) =>
        $"{((string?)model?["publisher"] is { } publisher ? $"Publisher:{publisher}," : "")}Format:{model?["format"]},Name:{model?["name"]},Version:{model?["version"]}";
}
