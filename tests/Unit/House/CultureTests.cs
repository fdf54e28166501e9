using System.Globalization;
using SkillMeat.Errors;
using SkillMeat.Upstream.Http;
using Xunit;

namespace SkillMeat.Tests.House;

/// <summary>The module runs in the user's culture, whose decimal comma must not appear in messages.</summary>
public sealed class CultureTests
{
    /// <summary>Keeps a run in another culture from passing in the invariant one.</summary>
    [Fact]
    public void The_tests_run_in_the_culture_that_was_asked_for()
    {
        var name = Environment.GetEnvironmentVariable("SKILLMEAT_TEST_CULTURE");
        Assert.SkipWhen(name is null, "SKILLMEAT_TEST_CULTURE names no culture.");

        Assert.Equal(name, CultureInfo.CurrentCulture.Name);
    }

    [Fact]
    public void Times_in_messages_have_a_decimal_point()
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
        try
        {
            Assert.Contains("waited 1.5 s.", new LockTimeoutException("home", TimeSpan.FromSeconds(1.5), holder: null).Message, StringComparison.Ordinal);
            using var timer = new StallTimer(TimeSpan.FromSeconds(0.25), TimeSpan.FromHours(1), new WaitBudget(TimeSpan.FromSeconds(1), () => { }), TimeProvider.System, TestContext.Current.CancellationToken);
            Assert.Equal("0.25 s", timer.Patience);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
