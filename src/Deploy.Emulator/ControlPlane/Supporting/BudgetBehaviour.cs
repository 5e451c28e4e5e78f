using System.Globalization;
using System.Text.Json.Nodes;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.Supporting;

/// <summary>
/// Budgets: an amount above zero, a start at the first of a month that stays, an end after it. Rules of the REST reference of Microsoft.Consumption/budgets; its error code is "400".
/// Nothing is spent locally.
/// </summary>
internal sealed class BudgetBehaviour : ResourceBehaviour
{
    private const int MonthsAhead = 12;

    private static readonly DateTimeOffset Earliest = new(2017, 6, 1, 0, 0, 0, TimeSpan.Zero);

    public override string Type => ResourceTypes.Budget;

    public override ArmResponse? Check(WriteContext write)
    {
        if (write.Wanted["amount"] is not JsonValue given || !given.TryGetValue<decimal>(out var amount) || amount <= 0)
        {
            return Refused($"The amount of a budget must be greater than 0, but is {write.Wanted["amount"]?.ToJsonString() ?? "missing"}.");
        }

        if (Date(write.Wanted, "startDate") is not { } start)
        {
            return Refused("The start date of a budget is missing or not a date.");
        }

        if (write.Existing is { } existing && Date(existing.Properties, "startDate") != start)
        {
            return Refused("Start date of budgets cannot be updated. Please delete and create a new budget.");
        }

        if (start.Day != 1)
        {
            return Refused($"The start date must be first of the month, but is {start:yyyy-MM-dd}.");
        }

        if (start < Earliest || start > write.Cloud.Now.AddMonths(MonthsAhead))
        {
            return Refused($"The start date must be on or after {Earliest:yyyy-MM-dd} and not more than {MonthsAhead} months in the future, but is {start:yyyy-MM-dd}.");
        }

        return Date(write.Wanted, "endDate") <= start ? Refused("The start date must be less than the end date.") : null;
    }

    public override void Complete(WriteContext write) => write.Properties["currentSpend"] = new JsonObject { ["amount"] = 0, ["unit"] = "USD" };

    private static DateTimeOffset? Date(JsonObject properties, string name) =>
        DateTimeOffset.TryParse((string?)properties["timePeriod"]?[name], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date : null;

    private static ArmResponse Refused(string message) => ArmErrors.Error(400, "400", message);
}
