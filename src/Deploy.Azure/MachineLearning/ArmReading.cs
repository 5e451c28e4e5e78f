using System.Text.Json.Nodes;
using Deploy.Azure.Arm;
using Deploy.Core;

namespace Deploy.Azure.MachineLearning;

/// <summary>Reads documents and lists of the control plane as <see cref="ReadResult{T}"/> values.</summary>
public static class ArmReading
{
    // A list that pages for longer than this goes in circles.
    private const int MaxPages = 200;

    /// <summary>Sends one request and gives its document.</summary>
    /// <param name="client">The control plane.</param>
    /// <param name="request">A GET, or a POST that changes nothing.</param>
    /// <param name="what">What is read, such as <c>read serverless endpoint 'mini'</c>; begins the message of an error.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public static async Task<ReadResult<JsonObject>> ReadAsync(IArmClient client, ArmRequest request, string what, CancellationToken cancellationToken)
    {
        ArmResponse response;
        try
        {
            response = await client.SendAsync(request, cancellationToken);
        }
        catch (DeployException fault)
        {
            return ReadResult.Without<JsonObject>(ReadStatus.Failed, fault.Error);
        }

        if (!response.IsSuccess)
        {
            return ReadResult.Without<JsonObject>(StatusOf(response.Status), response.ToDeployError(what));
        }

        return response.Body is JsonObject document
            ? ReadResult.Ok(document)
            : ReadResult.Without<JsonObject>(ReadStatus.Failed, AzureErrors.InvalidResponse.With($"{what}: HTTP {response.Status} without a JSON object.", detail: response.Text));
    }

    /// <summary>Follows a list through all its pages and gives every item of <c>value</c>.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public static async Task<ReadResult<IReadOnlyList<JsonObject>>> ListAsync(IArmClient client, ArmRequest request, string what, CancellationToken cancellationToken)
    {
        var items = new List<JsonObject>();
        for (var page = 0; page < MaxPages; page++)
        {
            var read = await ReadAsync(client, request, what, cancellationToken);
            if (!read.HasValue)
            {
                return ReadResult.Without<IReadOnlyList<JsonObject>>(read.Status, read.Error);
            }

            if (read.Value["value"] is not JsonArray values)
            {
                return Invalid(what, "the document has no list 'value'");
            }

            items.AddRange(values.OfType<JsonObject>());
            if (read.Value.Text("nextLink") is not { Length: > 0 } next)
            {
                return ReadResult.List<JsonObject>(items);
            }

            request = new ArmRequest { Method = request.Method, Path = next };
        }

        return Invalid(what, $"the list has more than {MaxPages} pages");
    }

    /// <summary>Turns a read document into what it means; a document of another shape becomes a failed read.</summary>
    public static ReadResult<TOut> Map<TIn, TOut>(this ReadResult<TIn> read, string what, Func<TIn, TOut> map)
        where TIn : class
        where TOut : class
    {
        if (!read.HasValue)
        {
            return ReadResult.Without<TOut>(read.Status, read.Error);
        }

        try
        {
            return new ReadResult<TOut> { Status = read.Status, Value = map(read.Value) };
        }
        catch (Exception fault) when (fault is FormatException or InvalidOperationException or OverflowException or ArgumentException)
        {
            return ReadResult.Without<TOut>(ReadStatus.Failed, AzureErrors.InvalidResponse.With($"{what}: the document has an unexpected shape.", detail: fault.Message));
        }
    }

    private static ReadResult<IReadOnlyList<JsonObject>> Invalid(string what, string why) =>
        ReadResult.Without<IReadOnlyList<JsonObject>>(ReadStatus.Failed, AzureErrors.InvalidResponse.With($"{what}: {why}."));

    private static ReadStatus StatusOf(int status) => status switch
    {
        401 or 403 => ReadStatus.Forbidden,
        404 => ReadStatus.NotFound,
        _ => ReadStatus.Failed,
    };
}
