using System.Text.Encodings.Web;
using System.Text.Json;

namespace Deploy.Emulator.Protocol;

/// <summary>How JSON is written on the wire: quotes and letters as they are, as Azure does.</summary>
internal static class Texts
{
    public static JsonSerializerOptions Relaxed { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
