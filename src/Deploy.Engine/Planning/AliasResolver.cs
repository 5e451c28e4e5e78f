using Deploy.Engine.Execution;

namespace Deploy.Engine.Planning;

/// <summary>Works out the URNs that a resource may have had.</summary>
internal static class AliasResolver
{
    /// <param name="urn">The present URN.</param>
    /// <param name="parent">The present parent; null without one.</param>
    /// <param name="specs">What the program says.</param>
    /// <param name="parentAliases">URNs that the parent may have had.</param>
    public static IReadOnlyList<Urn> Resolve(Urn urn, Urn? parent, IReadOnlyList<AliasSpec> specs, IReadOnlyList<Urn> parentAliases)
    {
        var found = new List<Urn>();
        foreach (var spec in specs)
        {
            found.AddRange(Resolve(urn, parent, spec, parentAliases));
        }

        foreach (var former in parentAliases)
        {
            found.Add(Urn.Create(former.Stack, former.Project, former, urn.Type, FormerName(urn.Name, parent!.Name, former.Name)));
        }

        return [.. found.Distinct().Where(alias => alias != urn)];
    }

    private static IEnumerable<Urn> Resolve(Urn urn, Urn? parent, AliasSpec spec, IReadOnlyList<Urn> parentAliases)
    {
        if (spec.Urn is not null)
        {
            return [spec.Urn];
        }

        Urn With(Urn? over, string name) => Urn.Create(spec.Stack ?? urn.Stack, spec.Project ?? urn.Project, over, spec.Type ?? urn.Type, spec.Name ?? name);
        if (spec.NoParent)
        {
            return [With(null, urn.Name)];
        }

        return spec.Parent is not null
            ? [With(spec.Parent, urn.Name)]
            : parentAliases.Select(former => With(former, FormerName(urn.Name, parent!.Name, former.Name))).Prepend(With(parent, urn.Name));
    }

    private static string FormerName(string name, string parentName, string formerParentName) =>
        name.StartsWith(parentName, StringComparison.Ordinal) ? formerParentName + name[parentName.Length..] : name;
}
