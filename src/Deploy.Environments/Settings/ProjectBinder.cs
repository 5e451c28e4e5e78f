using Azure.Core;
using Deploy.Catalog;
using Deploy.Core;

namespace Deploy.Environments.Settings;

/// <summary>Binds the projects and what must hold among their endpoints.</summary>
internal sealed class ProjectBinder
{
    private readonly EndpointBinder _endpoints;
    private readonly FaultList _faults;

    public ProjectBinder(AzureCatalog catalog, TargetCloud cloud, AzureLocation? location, FaultList faults)
    {
        _endpoints = new EndpointBinder(catalog, cloud, location);
        _faults = faults;
    }

    public IReadOnlyList<ProjectSettings> Bind(MappingScope config)
    {
        var scopes = config.Mappings("phi:projects");
        if (scopes is null)
        {
            if (config.Take("phi:projects") is null)
            {
                config.Fault("phi:projects", SettingsErrors.Missing, "'phi:projects' is missing: the projects of the hub with their endpoints.", "Add 'phi:projects', if need be as an empty list.");
            }

            return [];
        }

        var seen = new Names("project", string.Empty);
        return [.. scopes.Select(scope => Project(scope, seen))];
    }

    private ProjectSettings Project(MappingScope scope, Names seen)
    {
        scope.RefuseUnknown("name", "endpoints");
        var name = scope.RequiredText("name", "the project's name");
        CheckName(scope, name, "project", Naming.ProjectNameLengthInSettings, minimum: 2);
        seen.Note(scope, name);
        var endpoints = scope.Mappings("endpoints") ?? [];
        var endpointNames = new Names("endpoint", $" in project '{name}'");
        var bound = new List<EndpointSettings>();
        foreach (var endpointScope in endpoints)
        {
            var endpoint = _endpoints.Bind(endpointScope);
            CheckName(endpointScope, endpointScope.Take("name") is null ? null : endpoint.Name, "endpoint", Naming.EndpointNameLengthInSettings, minimum: 1);
            endpointNames.Note(endpointScope, endpoint.Name);
            bound.Add(endpoint);
        }

        RefuseModelTwice(bound, name);
        return new ProjectSettings { Name = name ?? string.Empty, Endpoints = bound, Mark = scope.Mark };
    }

    // Azure allows one serverless deployment per model and project.
    private void RefuseModelTwice(List<EndpointSettings> endpoints, string? project)
    {
        foreach (var group in endpoints.Where(endpoint => endpoint.Compute == ComputeKind.Serverless && endpoint.Model.Value is { Length: > 0 }).GroupBy(endpoint => endpoint.Model))
        {
            var first = group.First();
            foreach (var second in group.Skip(1))
            {
                _faults.Add(
                    second.ModelMark,
                    $"phi:projects.{project}.{second.Name}",
                    SettingsErrors.ModelTwice,
                    $"'{second.Name}' deploys {second.Model} serverless a second time in project '{project}'; '{first.Name}'{At(first.ModelMark)} does already, and Azure allows one.");
            }
        }
    }

    private static void CheckName(MappingScope scope, string? name, string what, int maximum, int minimum)
    {
        if (name is null)
        {
            return;
        }

        if (!Naming.IsWellFormed(name))
        {
            var lower = name.ToLowerInvariant().Replace('_', '-');
            scope.Fault(
                "name",
                SettingsErrors.InvalidName,
                $"'{name}' is not a name for {(what == "endpoint" ? "an endpoint" : "a project")}: lower-case letters, digits and single dashes, a letter first.",
                Naming.IsWellFormed(lower) ? $"Use '{lower}'." : null);
        }
        else if (name.Length > maximum || name.Length < minimum)
        {
            scope.Fault(
                "name", SettingsErrors.InvalidName, $"'{name}' has {name.Length} characters; {minimum} to {maximum} are allowed, because Azure's limit must also hold the suffix that makes the name unique.");
        }
    }

    private static string At(SourceMark? mark) => mark is null ? string.Empty : $" (line {mark.Line})";

    private sealed class Names(string what, string where)
    {
        private readonly Dictionary<string, SourceMark?> _seen = new(StringComparer.OrdinalIgnoreCase);

        public void Note(MappingScope scope, string? name)
        {
            if (!string.IsNullOrEmpty(name) && !_seen.TryAdd(name, scope.MarkOf("name")))
            {
                scope.Fault("name", SettingsErrors.DuplicateName, $"the {what} name '{name}' is used twice{where}{First(_seen[name])}.");
            }
        }

        private static string First(SourceMark? mark) => mark is null ? string.Empty : $", first in line {mark.Line}";
    }
}
