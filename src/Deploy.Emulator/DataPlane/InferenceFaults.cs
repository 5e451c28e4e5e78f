using Microsoft.AspNetCore.Http;

namespace Deploy.Emulator.DataPlane;

/// <summary>What the fault kinds do to an answer.</summary>
internal static class InferenceFaults
{
    private const int Newlines = 512;

    /// <summary>200, a JSON content type, and nothing but newlines.</summary>
    public static async Task NewlinesAsync(HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = 200;
        context.Response.ContentType = "application/json";
        context.Items["fault"] = Faults.FaultKinds.Newlines;
        for (var index = 0; index < Newlines; index += 64)
        {
            await context.Response.WriteAsync(new string('\n', 64), cancellationToken);
            await context.Response.Body.FlushAsync(cancellationToken);
        }
    }
}
