using Microsoft.IdentityModel.JsonWebTokens;

namespace Deploy.Emulator.Identity;

/// <summary>What a genuine token says: for which resource, of whom, until when.</summary>
internal sealed record TokenClaims
{
    public required string Audience { get; init; }

    public required DateTimeOffset Expires { get; init; }

    public required string ClientId { get; init; }

    /// <summary>The principal's object, as role assignments name it.</summary>
    public required string ObjectId { get; init; }

    /// <summary>The endpoint that the token opens; null when it opens all that its resource has.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The audience without the slash that clients may have asked for.</summary>
    public string Resource => Audience.TrimEnd('/');

    public static TokenClaims Of(JsonWebToken token) => new()
    {
        Audience = token.Audiences.FirstOrDefault() ?? "",
        Expires = new DateTimeOffset(token.ValidTo, TimeSpan.Zero),
        ClientId = Text(token, "appid") ?? Text(token, "azp") ?? "",
        ObjectId = Text(token, "oid") ?? "",
        Endpoint = Text(token, "endpoint"),
    };

    private static string? Text(JsonWebToken token, string claim) => token.TryGetPayloadValue<string>(claim, out var value) ? value : null;
}
