using System.Globalization;
using Xunit;

namespace SkillMeat.Tests.Merging;

/// <summary>How much is held against git. By hand, environment variables name more cases than a test run has time for, and the first seed.</summary>
internal static class OracleRun
{
    public static int FirstSeed => Count("SKILLMEAT_MERGE_SEED", 1);

    public static ParallelOptions Options => new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = TestContext.Current.CancellationToken };

    public static int Count(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
