using System.CommandLine;
using System.Globalization;

namespace Deploy.Cli.Options;

/// <summary>Options that take a whole number. A parser of our own, because the library's throws on a word where its validators ask for the value.</summary>
internal static class WholeNumber
{
    /// <param name="name">The option, with its dashes.</param>
    /// <param name="description">For the help.</param>
    /// <param name="most">The greatest number that makes sense; the least is 1.</param>
    public static Option<int?> Option(string name, string description, int most = int.MaxValue) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most)
            {
                return number;
            }

            result.AddError($"{name} takes a whole number from 1{(most == int.MaxValue ? "" : $" to {most}")}, not '{result.Tokens[0].Value}'.");
            return null;
        },
    };
}
