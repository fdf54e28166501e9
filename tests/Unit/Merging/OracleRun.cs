using System.Globalization;
using Xunit;

namespace SkillMeat.Tests.Merging;

/// <summary>The number of cases to compare with git. For manual runs, environment variables set a larger number, and the first seed.</summary>
internal static class OracleRun
{
    public static int FirstSeed => Count("SKILLMEAT_MERGE_SEED", 1);

    public static ParallelOptions Options => new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = TestContext.Current.CancellationToken };

    public static int Count(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
