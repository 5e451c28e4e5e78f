namespace Deploy.Emulator.Protocol;

/// <summary>
/// A decoded path below Azure Resource Manager. <c>/subscriptions/s/resourceGroups/g/providers/N/t1/n1/t2</c> has scope
/// <c>/subscriptions/s/resourceGroups/g</c>, namespace <c>N</c>, one pair and the trailing segment <c>t2</c> (a collection or an action).
/// </summary>
internal sealed record ArmPath
{
    /// <summary>Everything before the last <c>/providers/</c>; empty for the tenant.</summary>
    public required string Scope { get; init; }

    /// <summary>Null when the path names a subscription or resource group and nothing else.</summary>
    public string? Namespace { get; init; }

    public required IReadOnlyList<ArmSegment> Pairs { get; init; }

    public string? Trailing { get; init; }

    public string? Subscription => After(Whole(), "subscriptions");

    public string? Group => After(Whole(), "resourceGroups");

    public string Name => Pairs[^1].Name;

    /// <summary>The type of the resource that the pairs name, in the caller's spelling.</summary>
    public string Type => $"{Namespace}/{string.Join('/', Pairs.Select(pair => pair.Type))}";

    /// <summary>The type that a trailing collection holds.</summary>
    public string CollectionType => Pairs.Count == 0 ? $"{Namespace}/{Trailing}" : $"{Type}/{Trailing}";

    public bool IsResourceGroup => Pairs.Count == 1 && Namespace == "Microsoft.Resources" && Pairs[0].Type == "resourceGroups";

    public string Id => IsResourceGroup ? $"{Scope}/resourceGroups/{Name}" : Pairs.Aggregate(Namespace is null ? Scope : $"{Scope}/providers/{Namespace}", (id, pair) => $"{id}/{pair.Type}/{pair.Name}");

    /// <summary>The resource above: of a nested one its parent, of an outermost one its scope.</summary>
    public string ParentId => Pairs.Count > 1 ? (this with { Pairs = [.. Pairs.SkipLast(1)], Trailing = null }).Id : Scope;

    public bool IsNested => Pairs.Count > 1;

    /// <summary>Whether the scope is itself a resource: a role assignment on a workspace, for instance.</summary>
    public bool IsExtension => Scope.Contains("/providers/", StringComparison.OrdinalIgnoreCase);

    /// <summary>The id as the store's key.</summary>
    public static string KeyOf(string id) => id.ToLowerInvariant();

    /// <summary>The path of a resource's id or key.</summary>
    public static ArmPath OfId(string id) => Parse(id.Split('/', StringSplitOptions.RemoveEmptyEntries));

    public static ArmPath Parse(IReadOnlyList<string> segments)
    {
        var providers = -1;
        for (var index = 0; index < segments.Count; index++)
        {
            // A name may be "providers" too: only even places hold it as a keyword, except below the tenant.
            if (segments[index].Equals("providers", StringComparison.OrdinalIgnoreCase) && index % 2 == 0)
            {
                providers = index;
            }
        }

        if (providers < 0 || providers == segments.Count - 1)
        {
            if (segments.Count is 4 && segments[0].Equals("subscriptions", StringComparison.OrdinalIgnoreCase) && segments[2].Equals("resourceGroups", StringComparison.OrdinalIgnoreCase))
            {
                return new ArmPath { Scope = Join(segments.Take(2)), Namespace = "Microsoft.Resources", Pairs = [new ArmSegment("resourceGroups", segments[3])] };
            }

            var isOdd = segments.Count % 2 == 1;
            return new ArmPath { Scope = Join(isOdd ? segments.SkipLast(1) : segments), Pairs = [], Trailing = isOdd ? segments[^1] : null };
        }

        var rest = segments.Skip(providers + 2).ToList();
        var pairs = new List<ArmSegment>();
        for (var index = 0; index + 1 < rest.Count; index += 2)
        {
            pairs.Add(new ArmSegment(rest[index], rest[index + 1]));
        }

        return new ArmPath
        {
            Scope = Join(segments.Take(providers)),
            Namespace = segments[providers + 1],
            Pairs = pairs,
            Trailing = rest.Count % 2 == 1 ? rest[^1] : null,
        };
    }

    private string[] Whole() => Scope.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static string? After(IEnumerable<string> segments, string keyword)
    {
        var list = segments.ToList();
        var at = list.FindIndex(segment => segment.Equals(keyword, StringComparison.OrdinalIgnoreCase));
        return at >= 0 && at + 1 < list.Count ? list[at + 1] : null;
    }

    private static string Join(IEnumerable<string> segments) => string.Concat(segments.Select(segment => "/" + segment));
}

internal sealed record ArmSegment(string Type, string Name);
