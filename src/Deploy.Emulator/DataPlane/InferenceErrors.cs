using System.Text.Json.Nodes;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.DataPlane;

/// <summary>The error bodies of the model inference API and of the gateway before managed compute.</summary>
internal static class InferenceErrors
{
    private const string Filtered = "The response was filtered due to the prompt triggering Microsoft's content management policy. Please modify your prompt and retry.";

    public static ArmResponse Error(int status, string error, string message) => Coded(
        new ArmResponse(status, new JsonObject { ["error"] = error, ["message"] = message, ["status"] = status }), error);

    public static ArmResponse Unauthorized() =>
        Error(401, "Unauthorized", "Unauthorized. Access token is missing, invalid, audience is incorrect (https://ml.azure.com), or have expired.").With("WWW-Authenticate", "Bearer");

    public static ArmResponse TooManyRequests(string message) => Error(429, "Too Many Requests", message);

    public static ArmResponse Timeout(TimeSpan limit) => Error(408, "Request Timeout", $"The model did not answer within the request timeout of {limit.TotalSeconds:0.###} s.");

    /// <summary>What is behind the endpoint failed or is not ready.</summary>
    public static ArmResponse ModelFailed(int modelStatus, string reason, string message) => Error(424, "Failed Dependency", message)
        .With("ms-azureml-model-error-statuscode", modelStatus.ToString(System.Globalization.CultureInfo.InvariantCulture))
        .With("ms-azureml-model-error-reason", reason);

    public static ArmResponse NoSuchPath(bool isManaged) => new(404, isManaged ? new JsonObject { ["detail"] = "Not Found" } : JsonValue.Create("NOT FOUND"));

    public static ArmResponse ContentFiltered(bool isNested)
    {
        var body = new JsonObject { ["message"] = Filtered, ["type"] = null, ["param"] = isNested ? "prompt" : "messages", ["code"] = "content_filter", ["status"] = 400 };
        return Coded(new ArmResponse(400, isNested ? new JsonObject { ["error"] = body } : body), "content_filter");
    }

    public static ArmResponse Of(ChatFault fault, bool isManaged) => Coded(new ArmResponse(fault.Status, Body(fault, isManaged)), fault.Code);

    private static JsonObject Body(ChatFault fault, bool isManaged)
    {
        if (fault is { Status: 400, Location: null, Code: "Bad Request" })
        {
            return new JsonObject { ["detail"] = fault.Message };
        }

        if (isManaged && fault.Status == 422)
        {
            var detail = new JsonObject { ["loc"] = Place(fault), ["message"] = fault.Message, ["input"] = fault.Input?.DeepClone() };
            return new JsonObject { ["error"] = new JsonObject { ["code"] = "Invalid input", ["status"] = 422, ["message"] = "invalid input error", ["details"] = new JsonArray(detail) } };
        }

        var body = new JsonObject { ["status"] = fault.Status, ["code"] = fault.Code, ["message"] = fault.Message };
        if (fault.Location is not null)
        {
            body["detail"] = new JsonObject { ["loc"] = Place(fault), ["input"] = fault.Input?.DeepClone() };
        }

        return body;
    }

    private static ArmResponse Coded(ArmResponse response, string code) => response.With("x-ms-error-code", code.Replace(' ', '_').ToLowerInvariant());

    private static JsonArray Place(ChatFault fault) => [.. (fault.Location ?? []).Select(part => (JsonNode)JsonValue.Create(part))];
}
