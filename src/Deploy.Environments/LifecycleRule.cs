using System.Globalization;
using Deploy.Catalog;
using Deploy.Core;
using Deploy.Environments.Settings;

namespace Deploy.Environments;

/// <summary>What the age of a model means for an environment: the one rule for the program and for preflight.</summary>
public static class LifecycleRule
{
    /// <summary>One finding per model that is on its way out, in the order of the settings; empty when all models are current.</summary>
    /// <param name="settings">Names the policy and the models.</param>
    /// <param name="models">Knows the dates and successors.</param>
    /// <param name="now">The moment to judge.</param>
    public static IReadOnlyList<LifecycleFinding> Evaluate(EnvironmentSettings settings, ModelCatalog models, DateTimeOffset now) =>
        [.. settings.Endpoints
            .GroupBy(pair => pair.Endpoint.Model)
            .Select(group => Judge(models.Find(group.Key), settings.Lifecycle, now, [.. group.Select(pair => $"{pair.Project.Name}/{pair.Endpoint.Name}")]))
            .OfType<LifecycleFinding>()];

    private static LifecycleFinding? Judge(CatalogModel? model, LifecyclePolicy policy, DateTimeOffset now, IReadOnlyList<string> endpoints)
    {
        var stage = model?.Lifecycle.At(now) ?? LifecycleStage.Current;
        if (model is null || stage == LifecycleStage.Current)
        {
            return null;
        }

        var (definition, text) = stage switch
        {
            LifecycleStage.Retired => (SettingsErrors.ModelRetired, $"was retired on {Day(model.Lifecycle.Retired)}: Azure takes no new deployment and existing endpoints answer 404"),
            LifecycleStage.Deprecated => (SettingsErrors.ModelDeprecated, $"takes no new deployment since {Day(model.Lifecycle.Deprecated)}{Until(", existing endpoints answer until", model.Lifecycle.Retired)}"),
            _ => (SettingsErrors.ModelLegacy, $"is legacy since {Day(model.Lifecycle.Legacy)}{Until(", new deployments end on", model.Lifecycle.Deprecated)}{Until(", endpoints on", model.Lifecycle.Retired)}"),
        };
        return new LifecycleFinding
        {
            Model = model.Name,
            Stage = stage,
            Successor = model.Successor,
            Endpoints = endpoints,
            IsError = policy == LifecyclePolicy.Enforce && stage >= LifecycleStage.Deprecated,
            Error = definition.With(
                $"{model.Name} {text}. Used by {string.Join(", ", endpoints)}.",
                model.Successor is { } successor ? $"Move to {successor}." : "Choose a model that './deploy models' shows as current."),
        };
    }

    private static string Until(string words, DateOnly? day) => day is null ? string.Empty : $"{words} {Day(day)}";

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "an unknown day";
}

/// <summary>A model that is on its way out, and what follows.</summary>
public sealed record LifecycleFinding
{
    public required ModelName Model { get; init; }

    public required LifecycleStage Stage { get; init; }

    /// <summary>The model to move to; null when none is named.</summary>
    public ModelName? Successor { get; init; }

    /// <summary>The endpoints that use it, as <c>project/endpoint</c>.</summary>
    public required IReadOnlyList<string> Endpoints { get; init; }

    /// <summary>Whether the environment must not be deployed; otherwise it is a warning.</summary>
    public required bool IsError { get; init; }

    public required DeployError Error { get; init; }
}
