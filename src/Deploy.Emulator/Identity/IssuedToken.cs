namespace Deploy.Emulator.Identity;

/// <summary>An access token and the time in which it is good.</summary>
internal sealed record IssuedToken(string Token, DateTimeOffset NotBefore, DateTimeOffset Expires);
