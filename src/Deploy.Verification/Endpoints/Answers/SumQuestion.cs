using System.Globalization;

namespace Deploy.Verification.Endpoints.Answers;

/// <summary>
/// The sum of two three-digit numbers. The answer is not in the question, so neither an echo nor a canned reply can be right, and a model of three
/// billion parameters can do it.
/// </summary>
internal sealed record SumQuestion(int Left, int Right)
{
    public int Sum => Left + Right;

    /// <summary>The sum as the question writes it.</summary>
    public string Expression => string.Create(CultureInfo.InvariantCulture, $"{Left} + {Right}");

    public string Text => $"What is {Expression}? Answer with the number only.";

    public static SumQuestion Draw(Random random) => new(random.Next(100, 1000), random.Next(100, 1000));

    /// <summary>Another question with another answer.</summary>
    public SumQuestion DrawOther(Random random)
    {
        SumQuestion other;
        do
        {
            other = Draw(random);
        }
        while (other.Sum == Sum);

        return other;
    }
}
