using System.Text;
using Microsoft.AspNetCore.Http;

namespace Deploy.Emulator.Faults;

/// <summary>A response body that asks for a rule when its first byte leaves, and does what the rule says with the bytes.</summary>
internal sealed class FaultedBody(HttpContext context, Stream inner, Func<FaultRule?> choose, TimeProvider clock) : Stream
{
    private const int DefaultBytes = 20;
    private const int Newlines = 512;
    private const string DefaultBody = """{"unexpected":true}""";

    private FaultRule? _rule;
    private bool _isChosen;
    private bool _isReplaced;
    private long _written;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var isFirst = !_isChosen;
        if (isFirst)
        {
            _isChosen = true;
            _rule = choose();
        }

        switch (_rule?.Kind)
        {
            case FaultKinds.FirstToken when isFirst:
            case FaultKinds.BetweenTokens when !isFirst:
                await Task.Delay(_rule.Delay!.Value, clock, cancellationToken);
                break;
            case FaultKinds.ContentType when isFirst:
                context.Response.ContentType = _rule.ContentType ?? "text/html";
                break;
            case FaultKinds.Newlines or FaultKinds.Body:
                await ReplaceAsync(_rule, cancellationToken);
                return;
            case FaultKinds.Truncation:
                await TruncateAsync(buffer, _rule.Bytes ?? DefaultBytes, isFirst, cancellationToken);
                return;
        }

        _written += buffer.Length;
        await inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // A flush before the first byte would send the headers, which a rule may have to change.
    public override Task FlushAsync(CancellationToken cancellationToken) => _isChosen ? inner.FlushAsync(cancellationToken) : Task.CompletedTask;

    public override void Flush() => throw new NotSupportedException("The server writes asynchronously.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The server writes asynchronously.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async Task ReplaceAsync(FaultRule rule, CancellationToken cancellationToken)
    {
        if (_isReplaced)
        {
            return;
        }

        _isReplaced = true;
        context.Response.ContentType = rule.ContentType ?? "application/json";
        await inner.WriteAsync(Encoding.UTF8.GetBytes(rule.Kind == FaultKinds.Newlines ? new string('\n', Newlines) : rule.Body ?? DefaultBody), cancellationToken);
    }

    // Less than the length that was announced: the server then closes the connection, after the client got what was written.
    private async Task TruncateAsync(ReadOnlyMemory<byte> buffer, int most, bool isFirst, CancellationToken cancellationToken)
    {
        if (isFirst)
        {
            context.Response.ContentLength = most + (long)Math.Max(1, buffer.Length);
        }

        var part = buffer[..(int)Math.Min(buffer.Length, most - _written)];
        _written += part.Length;
        await inner.WriteAsync(part, cancellationToken);
    }
}
