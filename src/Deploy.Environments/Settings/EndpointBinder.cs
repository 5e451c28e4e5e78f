using Azure.Core;
using Deploy.Catalog;
using Deploy.Core;

namespace Deploy.Environments.Settings;

/// <summary>Binds one endpoint against the catalog.</summary>
internal sealed class EndpointBinder
{
    private static readonly string[] Keys = ["name", "model", "compute", "version", "instanceType", "instances", "auth", "contentSafety"];

    private readonly AzureCatalog _catalog;
    private readonly TargetCloud _cloud;
    private readonly AzureLocation? _location;

    public EndpointBinder(AzureCatalog catalog, TargetCloud cloud, AzureLocation? location)
    {
        _catalog = catalog;
        _cloud = cloud;
        _location = location;
    }

    /// <summary>The endpoint; of no use when a fault was noted, except for further checks.</summary>
    public EndpointSettings Bind(MappingScope scope)
    {
        scope.RefuseUnknown(Keys);
        var name = scope.RequiredText("name", "the endpoint's name") ?? string.Empty;
        var model = Model(scope);
        var compute = Compute(scope);
        var isManaged = compute == ComputeKind.Managed;
        var version = scope.OptionalVersion("version");
        var instanceType = scope.OptionalText("instanceType");
        var instances = scope.Integer("instances", 1, 1, _catalog.Limits.Managed.InstancesPerDeployment);
        var auth = scope.Choice("auth", AuthMode.Key);
        var safety = scope.OptionalChoice<ContentSafety>("contentSafety");
        if (compute == ComputeKind.Serverless)
        {
            CheckServerless(scope, model, auth);
        }
        else if (isManaged)
        {
            CheckManaged(scope, model, version, instanceType, safety);
        }

        return new EndpointSettings
        {
            Name = name,
            Model = model?.Name ?? new ModelName(string.Empty),
            Compute = compute ?? ComputeKind.Serverless,
            Version = isManaged ? version : null,
            InstanceType = isManaged && instanceType is not null ? _catalog.VmSizes.Find(instanceType)?.Name ?? instanceType : null,
            Instances = isManaged ? instances : 0,
            Auth = auth,
            ContentSafety = safety ?? (isManaged ? ContentSafety.Disabled : ContentSafety.Enabled),
            Mark = scope.Mark,
            ModelMark = scope.MarkOf("model"),
        };
    }

    private CatalogModel? Model(MappingScope scope)
    {
        if (scope.RequiredText("model", "a model of the catalog, such as Phi-4-mini-instruct") is not { } written)
        {
            return null;
        }

        var model = _catalog.Models.Find(written);
        if (model is null)
        {
            var near = _catalog.Models.Suggest(written);
            scope.Fault(
                "model",
                SettingsErrors.UnknownModel,
                $"'{written}' is not a model of the catalog.",
                near.Count == 0 ? null : $"Did you mean {string.Join(" or ", near)}? './deploy models' shows every model.");
        }

        return model;
    }

    private static ComputeKind? Compute(MappingScope scope)
    {
        if (scope.Take("compute") is null)
        {
            scope.Fault("compute", SettingsErrors.Missing, "'compute' is missing: serverless (billed by token) or managed (VMs of your quota).", "Add 'compute: serverless'.");
            return null;
        }

        return scope.OptionalChoice<ComputeKind>("compute");
    }

    private void CheckServerless(MappingScope scope, CatalogModel? model, AuthMode auth)
    {
        foreach (var key in new[] { "version", "instanceType", "instances" })
        {
            if (scope.Take(key) is not null)
            {
                scope.Fault(key, SettingsErrors.NotApplicable, $"'{key}' does not apply to a serverless endpoint{(key == "version" ? ", which always serves the newest" : string.Empty)}.");
            }
        }

        if (auth != AuthMode.Key)
        {
            scope.Fault("auth", SettingsErrors.NotAllowed, "a serverless endpoint is called with its key; entra and amlToken are for managed compute.", "Remove 'auth', or set it to key.");
        }

        if (model is { Serverless.IsOffered: false })
        {
            scope.Fault("model", SettingsErrors.ComputeNotOffered, $"{model.Name} is not offered serverless.", "Use 'compute: managed'.");
        }
        else if (model is not null && _location is { } location)
        {
            CheckRegion(scope, model, location);
        }
    }

    // Regions are knowable for the local Azure, which serves every region of the dated lists, and for the public cloud as long as a list names the model.
    // A model that the newest list has dropped is a matter of its lifecycle.
    private void CheckRegion(MappingScope scope, CatalogModel model, AzureLocation location)
    {
        var offered = _cloud switch
        {
            TargetCloud.Local => model.Serverless.EveryRegion,
            TargetCloud.Public => model.Serverless.CurrentRegions,
            _ => [],
        };
        if (offered.Count == 0 || offered.Contains(location))
        {
            return;
        }

        var names = string.Join(", ", offered.Select(region => region.Name));
        scope.Fault("model", SettingsErrors.RegionNotOffered, $"{model.Name} is not offered serverless in {location.Name}; it is in {names}.", "Choose one of these regions, or 'compute: managed'.");
    }

    private void CheckManaged(MappingScope scope, CatalogModel? model, string? version, string? instanceType, ContentSafety? safety)
    {
        if (safety == ContentSafety.Enabled)
        {
            scope.Fault("contentSafety", SettingsErrors.NotApplicable, "Azure has no content filter in front of managed compute.", "Remove 'contentSafety', or use 'compute: serverless'.");
        }

        if (model is { Managed.IsOffered: false })
        {
            scope.Fault("model", SettingsErrors.ComputeNotOffered, $"{model.Name} is not offered on managed compute.", "Use 'compute: serverless'.");
        }

        CheckVersion(scope, model, version);
        CheckInstanceType(scope, model, instanceType);
    }

    private static void CheckVersion(MappingScope scope, CatalogModel? model, string? version)
    {
        var latest = model?.LatestVersion;
        if (version is null)
        {
            if (scope.Take("version") is null)
            {
                scope.Fault("version", SettingsErrors.Missing, "'version' is missing: managed compute deploys one version of the model.", latest is null ? "Add 'version'." : $"Add 'version: \"{latest}\"', the newest known.");
            }
        }
        else if (model?.HasVersion(version) == false)
        {
            scope.Fault("version", SettingsErrors.VersionUnknown, latest is null ? $"'{version}' is not a version; versions are whole numbers." : $"{model.Name} has no version '{version}'; versions are 1 to {latest}.", latest is null ? null : $"Use \"{latest}\".");
        }
    }

    private void CheckInstanceType(MappingScope scope, CatalogModel? model, string? instanceType)
    {
        var allowed = model?.Managed.InstanceTypes ?? [];
        var example = allowed.Count > 0 ? allowed[0] : "Standard_NC24ads_A100_v4";
        if (instanceType is null)
        {
            if (scope.Take("instanceType") is null)
            {
                scope.Fault("instanceType", SettingsErrors.Missing, "'instanceType' is missing: the VM size of the deployment.", $"Add 'instanceType: {example}'.");
            }
        }
        else if (model?.Managed.Allows(instanceType) == false)
        {
            // Another existing size is a choice, not a slip of the pen: then the smallest allowed one is the better suggestion.
            var near = _catalog.VmSizes.Find(instanceType) is null ? Spelling.Nearest(instanceType, allowed) : null;
            scope.Fault(
                "instanceType",
                SettingsErrors.InstanceTypeNotAllowed,
                $"{model.Name} does not run on '{instanceType}'; it runs on {string.Join(", ", allowed)}.",
                $"Use {near ?? example}.");
        }
        else if (model?.Managed.Allows(instanceType) is null && _catalog.VmSizes.Find(instanceType) is null)
        {
            var near = _catalog.VmSizes.Suggest(instanceType);
            scope.Fault("instanceType", SettingsErrors.InstanceTypeNotAllowed, $"'{instanceType}' is not a VM size of online endpoints.", near.Count == 0 ? $"Use {example}." : $"Did you mean {near[0]}?");
        }
    }
}
