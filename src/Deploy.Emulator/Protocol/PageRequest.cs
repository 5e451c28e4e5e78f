using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Deploy.Emulator.Protocol;

/// <summary>Which part of a list a client asks for, and how the next part is linked: same host, same query, an opaque token.</summary>
internal sealed record PageRequest
{
    private const string Mark = "1:";

    // Azure Machine Learning calls its token $skip, everybody else $skiptoken; clients only follow the link.
    private static readonly string[] TokenNames = ["$skiptoken", "$skip"];
    private static readonly string[] SizeNames = ["$top", "count"];

    /// <summary>At most so many entries.</summary>
    public required int Size { get; init; }

    /// <summary>What the token says; null on the first page.</summary>
    public string? After { get; init; }

    /// <summary>The address of this page without its token, and the name of the token in it.</summary>
    public required string Url { get; init; }

    public required string TokenName { get; init; }

    /// <summary>The page, or what is wrong with the query.</summary>
    public static (PageRequest? Page, ArmResponse? Fault) Read(HttpRequest request, Uri root, int largest)
    {
        var size = largest;
        foreach (var name in SizeNames)
        {
            if (request.Query[name].ToString() is not { Length: > 0 } text)
            {
                continue;
            }

            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) || wanted < 1)
            {
                return (null, ArmErrors.Error(400, "InvalidQueryParameterValue", $"The value '{text}' of the query parameter '{name}' is not valid: it must be a positive integer."));
            }

            size = Math.Min(size, wanted);
        }

        var token = TokenNames.Select(name => request.Query[name].ToString()).FirstOrDefault(text => text.Length > 0);
        var after = token is null ? null : Decode(token);
        if (token is not null && after is null)
        {
            return (null, ArmErrors.Error(400, "InvalidSkipToken", $"The skip token '{token}' is not valid: follow the nextLink of the page before."));
        }

        var isMachineLearning = request.Path.Value?.Contains("/Microsoft.MachineLearningServices/", StringComparison.OrdinalIgnoreCase) == true;
        var kept = request.Query.Where(pair => !TokenNames.Contains(pair.Key, StringComparer.OrdinalIgnoreCase)).SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value));
        return (new PageRequest
        {
            Size = size,
            After = after,
            Url = root.GetLeftPart(UriPartial.Authority) + request.Path.ToUriComponent() + QueryString.Create(kept).ToUriComponent(),
            TokenName = isMachineLearning ? "$skip" : "$skiptoken",
        }, null);
    }

    /// <summary>A page of a list that lies in memory as a whole.</summary>
    public ArmResponse Of(IEnumerable<JsonNode> all)
    {
        var offset = 0;
        if (After is not null && !int.TryParse(After, NumberStyles.None, CultureInfo.InvariantCulture, out offset))
        {
            return ArmErrors.Error(400, "InvalidSkipToken", "The skip token belongs to another list: follow the nextLink of the page before.");
        }

        var rest = all.Skip(offset).Take(Size + 1).ToList();
        return Answer(rest.Take(Size), rest.Count > Size ? (offset + Size).ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <summary>A page of a list that lies in the store, ordered by key: reads no more of it than it has to.</summary>
    public ArmResponse Of<T>(Func<string?, int, IReadOnlyList<T>> read, Func<T, string> key, Func<T, bool> isWanted, Func<T, JsonNode> show)
    {
        var found = new List<T>();
        var after = After;
        while (found.Count <= Size)
        {
            var chunk = read(after, Size + 1);
            found.AddRange(chunk.Where(isWanted));
            if (chunk.Count <= Size)
            {
                break;
            }

            after = key(chunk[^1]);
        }

        return Answer(found.Take(Size).Select(show), found.Count > Size ? key(found[Size - 1]) : null);
    }

    private ArmResponse Answer(IEnumerable<JsonNode> items, string? next)
    {
        var body = new JsonObject { ["value"] = new JsonArray([.. items]) };
        if (next is not null)
        {
            body["nextLink"] = QueryHelpers.AddQueryString(Url, TokenName, Encode(next));
        }

        return ArmResponse.Ok(body);
    }

    private static string Encode(string after) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(Mark + after));

    private static string? Decode(string token)
    {
        try
        {
            var text = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(token));
            return text.StartsWith(Mark, StringComparison.Ordinal) ? text[Mark.Length..] : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
