using System.Text.Json.Nodes;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints.Running;

/// <summary>What a chat request should look like, before a dialect's route and a credential are added.</summary>
/// <param name="Text">The user message.</param>
internal sealed record ChatForm(EndpointDialect Dialect, string Text)
{
    /// <summary>Text of a system message before the user's; null for none.</summary>
    public string? System { get; init; }

    /// <summary>Limit of the answer; null names none.</summary>
    public int? Tokens { get; init; }

    /// <summary>Null names none.</summary>
    public double? Temperature { get; init; }

    public bool Stream { get; init; }

    /// <summary>Whether the connection ends with the answer, so that the next request has one of its own.</summary>
    public bool ClosesConnection { get; init; }

    /// <summary>Further members of the body; null for none.</summary>
    public JsonObject? Parameters { get; init; }

    /// <summary>The header <c>extra-parameters</c>; null leaves it out.</summary>
    public string? ExtraParameters { get; init; }

    /// <summary>The deployment to ask regardless of traffic, by the header <c>azureml-model-deployment</c>; null leaves the choice to the endpoint.</summary>
    public string? Deployment { get; init; }

    /// <summary>The form of an ordinary question: with a token limit it is asked for the likeliest answer, without one no parameter is named at all.</summary>
    public static ChatForm Plain(EndpointDialect dialect, string text, int? tokens) =>
        new(dialect, text) { Tokens = tokens, Temperature = tokens is null ? null : 0 };
}
