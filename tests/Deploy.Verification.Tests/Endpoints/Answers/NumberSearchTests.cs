using Deploy.Verification.Endpoints.Answers;

namespace Deploy.Verification.Tests.Endpoints.Answers;

public sealed class NumberSearchTests
{
    [Theory]
    [InlineData("579", 579)]
    [InlineData("The answer is 579.", 579)]
    [InlineData("**579**", 579)]
    [InlineData("_579_", 579)]
    [InlineData("$\\boxed{579}$", 579)]
    [InlineData("123+456=579", 579)]
    [InlineData("(579)", 579)]
    [InlineData("579.0", 579)]
    [InlineData("579.00", 579)]
    [InlineData("579, of course", 579)]
    [InlineData("答案是579。", 579)]
    [InlineData("...579", 579)]
    [InlineData("123\n456\n579\n", 579)]
    [InlineData("sum:579", 579)]
    [InlineData("answer is-579", 579)]
    [InlineData("1234", 1234)]
    [InlineData("1,234", 1234)]
    [InlineData("1.234", 1234)]
    [InlineData("1 234", 1234)]
    [InlineData("1\u00A0234", 1234)]
    [InlineData("1\u202F234", 1234)]
    [InlineData("1'234", 1234)]
    [InlineData("1\u2019234", 1234)]
    [InlineData("1_234", 1234)]
    [InlineData("1,234.00", 1234)]
    [InlineData("1.234,0", 1234)]
    [InlineData("wrong 1235, right 1234!", 1234)]
    public void Contains_NumberOfItsOwn_True(string text, int number) => Assert.True(NumberSearch.Contains(text, number));

    [Theory]
    [InlineData("", 579)]
    [InlineData("5790", 579)]
    [InlineData("1579", 579)]
    [InlineData("1,579", 579)]
    [InlineData("0.579", 579)]
    [InlineData(".579", 579)]
    [InlineData("579.5", 579)]
    [InlineData("579,580", 579)]
    [InlineData("-579", 579)]
    [InlineData("is -579", 579)]
    [InlineData("\u2212579", 579)]
    [InlineData("579e3", 579)]
    [InlineData("0x579", 579)]
    [InlineData("a579", 579)]
    [InlineData("579km", 579)]
    [InlineData("5 79", 579)]
    [InlineData("57 9", 579)]
    [InlineData("0579", 579)]
    [InlineData("1,23,4", 1234)]
    [InlineData("12,34", 1234)]
    [InlineData("51 234", 1234)]
    [InlineData("1 2345", 1234)]
    [InlineData("1 234 567", 1234)]
    [InlineData("1,234,567", 1234)]
    [InlineData("1234.5", 1234)]
    [InlineData("five hundred and seventy-nine", 579)]
    public void Contains_PartOfSomethingElse_False(string text, int number) => Assert.False(NumberSearch.Contains(text, number));

    [Fact]
    public void Contains_EverySumInEverySpelling_FindsItAndNoNeighbour()
    {
        for (var sum = 200; sum <= 1998; sum++)
        {
            foreach (var text in new[] { $"{sum}", $"{sum:N0}", $"= {sum}.", $"**{sum}**" })
            {
                Assert.True(NumberSearch.Contains(text, sum), text);
                Assert.False(NumberSearch.Contains(text, sum + 1), text);
                Assert.False(NumberSearch.Contains(text, sum / 10), text);
            }
        }
    }
}
