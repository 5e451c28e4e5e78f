using System.Globalization;
using Microsoft.AspNetCore.Builder;

namespace Bench.Emulator;

/// <summary>The least that a web server of this platform can be.</summary>
internal static class EmptyApp
{
    public static async Task<int> RunAsync(int port)
    {
        var app = WebApplication.CreateBuilder().Build();
        app.MapGet("/", () => "ready");
        await app.RunAsync(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        return 0;
    }
}
