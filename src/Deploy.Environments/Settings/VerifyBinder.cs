namespace Deploy.Environments.Settings;

/// <summary>Reads <c>phi:verify</c>.</summary>
internal static class VerifyBinder
{
    private const int MostMilliseconds = 600_000;

    public static VerifySettings Bind(MappingScope config)
    {
        if (config.Mapping("phi:verify") is not { } verify)
        {
            return new();
        }

        verify.RefuseUnknown("connectMs", "firstTokenMs", "betweenTokensMs", "totalMs", "tooSlow");
        return new()
        {
            ConnectMs = Limit(verify, "connectMs"),
            FirstTokenMs = Limit(verify, "firstTokenMs"),
            BetweenTokensMs = Limit(verify, "betweenTokensMs"),
            TotalMs = Limit(verify, "totalMs"),
            TooSlow = verify.Choice("tooSlow", TooSlow.Warn),
        };
    }

    private static int? Limit(MappingScope verify, string key) => verify.Take(key) is null ? null : verify.Integer(key, absent: 1, minimum: 1, MostMilliseconds);
}
