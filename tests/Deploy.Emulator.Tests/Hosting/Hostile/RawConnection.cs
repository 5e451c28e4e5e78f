using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Deploy.Emulator.Tests.Hosting.Hostile;

/// <summary>Bytes to the local Azure and back, without a library that would put them right.</summary>
internal static class RawConnection
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    /// <summary>Everything that comes back until the server closes, or until a whole answer is there; empty when it closes without one.</summary>
    /// <param name="connection">Where to.</param>
    /// <param name="bytes">What to send.</param>
    /// <param name="overTls">To the https address.</param>
    /// <param name="closes">Whether to say that nothing more comes.</param>
    public static async Task<string> SendAsync(LocalAzureConnection connection, byte[] bytes, bool overTls = false, bool closes = true)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(AnswerWithin);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, overTls ? connection.Https.Port : connection.Http.Port, limit.Token);
        await using var network = new NetworkStream(socket);
        await using var tls = overTls ? new SslStream(network, leaveInnerStreamOpen: true, (_, shown, _, _) => shown is not null && shown.GetRawCertData().AsSpan().SequenceEqual(connection.Certificate.RawData)) : null;
        if (tls is not null)
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, limit.Token);
        }

        Stream stream = tls is null ? network : tls;
        var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(bytes, limit.Token);
            if (closes && !overTls)
            {
                socket.Shutdown(SocketShutdown.Send);
            }

            var buffer = new byte[16 * 1024];
            int read;
            while (!IsWhole(answer) && (read = await stream.ReadAsync(buffer, limit.Token)) > 0)
            {
                answer.Write(buffer, 0, read);
            }
        }
        catch (IOException)
        {
            // Reset: what came before it counts.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }

    public static Task<string> SendAsync(LocalAzureConnection connection, string text, bool overTls = false, bool closes = true) => SendAsync(connection, Encoding.Latin1.GetBytes(text), overTls, closes);

    /// <summary>Of the first answer; 0 when there is none.</summary>
    public static int Status(string answer) => answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && int.TryParse(answer.AsSpan(9, 3), out var status) ? status : 0;

    private static bool IsWhole(MemoryStream answer)
    {
        var text = Encoding.Latin1.GetString(answer.GetBuffer(), 0, (int)answer.Length);
        return text.Contains("\r\n\r\n", StringComparison.Ordinal) && (text.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal) || text.Contains("Content-Length: 0\r\n", StringComparison.OrdinalIgnoreCase));
    }
}
