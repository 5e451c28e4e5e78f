using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace Deploy.Emulator.ControlPlane;

/// <summary>What the list of one type can be narrowed by.</summary>
internal static class ListFilters
{
    private static readonly FilterFields Fields = new() { Fields = ["name", "location", "kind"] };

    /// <summary>Which resources belong into the list, or the refusal of a filter that the type does not have.</summary>
    public static (Func<StoredResource, bool>? IsWanted, ArmResponse? Fault) Of(ArmPath path, IQueryCollection query)
    {
        var (filter, fault) = ListFilter.Parse(query["$filter"], Fields);
        if (fault is not null)
        {
            return (null, fault);
        }

        var kind = query["kind"].ToString();
        var name = path.CollectionType.Equals(ResourceTypes.OnlineEndpoint, StringComparison.OrdinalIgnoreCase) ? query["name"].ToString() : "";
        return (resource => filter!.Matches(new FilterSubject(field => Field(resource, field)))
            && (kind.Length == 0 || kind.Equals((string?)resource.Body["kind"], StringComparison.OrdinalIgnoreCase))
            && (name.Length == 0 || name.Equals(resource.Name, StringComparison.OrdinalIgnoreCase)), null);
    }

    private static string? Field(StoredResource resource, string field) => field switch
    {
        "name" => resource.Name,
        "location" => resource.Location,
        _ => (string?)resource.Body["kind"],
    };
}
