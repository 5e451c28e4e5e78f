using Deploy.Verification.Endpoints.Answers;

namespace Deploy.Verification.Tests.Endpoints.Answers;

public sealed class AnswerTests
{
    private static readonly SumQuestion Question = new(123, 456);

    [Theory]
    [InlineData(null, "Empty")]
    [InlineData("", "Empty")]
    [InlineData(" \n\t\n", "Whitespace")]
    [InlineData("579", "Right")]
    [InlineData("<think>maybe 578</think>579", "Right")]
    [InlineData("<think>it is 579", "Wrong")]
    [InlineData("What is 123 + 456? Answer with the number only.", "Echo")]
    [InlineData("123+456", "Echo")]
    [InlineData("123 + 456 = 579", "Right")]
    [InlineData("I cannot help with that.", "Wrong")]
    public void Classify_Content_GivesItsKind(string? content, string kind) => Assert.Equal(kind, Answer.Classify(content, Question).ToString());

    [Theory]
    [InlineData(40, "the the ")]
    [InlineData(20, "579\n")]
    [InlineData(10, "The sum of 123 and 456 is 579. ")]
    [InlineData(300, "!")]
    public void IsDegenerate_LongRunOfOnePiece_True(int times, string piece) =>
        Assert.True(Repetition.IsDegenerate("Well, " + string.Concat(Enumerable.Repeat(piece, times))));

    [Theory]
    [InlineData("579 579 579")]
    [InlineData("Step 1: 123. Step 2: 456. Step 3: add them. The result is 579.")]
    [InlineData("579\n\n----------------------------------------------------------------------------------\n")]
    public void IsDegenerate_OrdinaryText_False(string text) => Assert.False(Repetition.IsDegenerate(text));

    [Fact]
    public void DrawOther_AnyQuestion_HasAnotherAnswer()
    {
        var random = new Random(1);
        for (var count = 0; count < 1000; count++)
        {
            var question = SumQuestion.Draw(random);
            Assert.InRange(question.Left, 100, 999);
            Assert.InRange(question.Right, 100, 999);
            Assert.NotEqual(question.Sum, question.DrawOther(random).Sum);
            Assert.False(NumberSearch.Contains(question.Text, question.Sum));
        }
    }
}
