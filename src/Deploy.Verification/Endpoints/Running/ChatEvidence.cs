using Deploy.Verification.Endpoints.Answers;
using Deploy.Verification.Endpoints.Policies;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints.Running;

/// <summary>The facts behind a verdict on an answer.</summary>
internal static class ChatEvidence
{
    private const int AnswerLength = 200;

    public static Evidence Of(IReadOnlyList<ChatTry> tries, ChatReading reading, Finding finding)
    {
        var last = tries[^1];
        var evidence = Evidence.Of(last.Exchange)
            .Add("dialect", VerificationJson.Text(last.Dialect))
            .Add("question", last.Question.Expression)
            .Add("expected", last.Question.Sum)
            .Add("answer", reading.Content is { } content ? JsonText.Shorten(content, AnswerLength) : null)
            .Add("tries", tries.Count);
        // A right answer explains itself; anything else is explained by the body.
        return finding.Status == CheckStatus.Pass ? evidence : evidence.WithBody(last.Exchange.Last);
    }
}
