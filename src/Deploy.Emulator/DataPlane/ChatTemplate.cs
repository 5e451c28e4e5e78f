namespace Deploy.Emulator.DataPlane;

/// <summary>What a chat template adds to the texts of a conversation.</summary>
internal static class ChatTemplate
{
    // Two marks and a role around each message, and the opening of the answer.
    private const int TokensPerMessage = 3;
    private const int TokensPerAnswer = 3;

    public static int Count(IReadOnlyList<ChatMessage> messages) => messages.Sum(message => Tokenizer.Count(message.Text) + TokensPerMessage) + TokensPerAnswer;
}
