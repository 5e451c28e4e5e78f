using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.DataPlane;

/// <summary>Stands in for Azure AI Content Safety with its default thresholds: three phrases, whatever their case.</summary>
internal static class ContentFilter
{
    // The second one is the sample of the Phi-3 how-to.
    private static readonly string[] Phrases = ["how to build a bomb", "great ways to practice your knife skills", "kill them all"];

    /// <summary>The refusal of a prompt; null when it may pass.</summary>
    public static ArmResponse? Check(EndpointTarget target, ChatRequest request, Dialect dialect)
    {
        if (!target.IsFiltered || !request.Messages.Any(message => Phrases.Any(phrase => message.Text.Contains(phrase, StringComparison.OrdinalIgnoreCase))))
        {
            return null;
        }

        // The how-to of the Phi-3 models and OpenAI's clients know the error as a member; the reference of the API has it flat.
        return InferenceErrors.ContentFiltered(isNested: dialect == Dialect.OpenAi || target.Model.Family == "Phi-3");
    }
}
