using SkillMeat.Cache.Background;
using SkillMeat.Errors;
using Xunit;

namespace SkillMeat.Tests.Cache.Background;

/// <summary>The time between two runs, as users write it, and as it is planned.</summary>
public sealed class RefreshIntervalTests
{
    [Theory]
    [InlineData(null, 300)]
    [InlineData("", 300)]
    [InlineData(" ", 300)]
    [InlineData("90", 90)]
    [InlineData(" 90s ", 90)]
    [InlineData("1.5", 1.5)]
    [InlineData("5m", 300)]
    [InlineData("5 M", 300)]
    [InlineData("0.5h", 1800)]
    [InlineData("7d", 604800)]
    public void The_variable_takes_seconds_or_a_number_with_a_unit(string? value, double seconds) => Assert.Equal(seconds, RefreshInterval.Find(_ => value).TotalSeconds);

    [Theory]
    [InlineData("0")]
    [InlineData("0.9")]
    [InlineData("-5")]
    [InlineData("8d")]
    [InlineData("5x")]
    [InlineData("m")]
    [InlineData("five")]
    [InlineData("1,5")]
    [InlineData("00:05")]
    [InlineData("1e3")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("5ms")]
    public void Another_value_is_an_error_that_names_the_variable(string value)
    {
        var error = Assert.Throws<SkillMeatException>(() => RefreshInterval.Find(_ => value));
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains($"SKILLMEAT_REFRESH_INTERVAL is '{value}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_are_spread_over_a_tenth_of_the_interval()
    {
        var schedule = new RefreshSchedule(TimeSpan.FromMinutes(5), new Random(1));
        var times = Enumerable.Range(0, 1_000).Select(_ => schedule.Next(failures: 0).TotalSeconds).ToList();

        Assert.All(times, time => Assert.InRange(time, 300, 330));
        Assert.True(times.Max() - times.Min() > 25);
    }

    [Theory]
    [InlineData(300, "300 600 1200 2400 3600 3600")]
    [InlineData(1, "1 2 4 8 16 32")]
    [InlineData(7200, "7200 7200 7200 7200 7200 7200")]
    public void Failures_double_the_time_up_to_an_hour_or_the_interval(int interval, string expected)
    {
        var schedule = new RefreshSchedule(TimeSpan.FromSeconds(interval), new Random(1));
        var times = Enumerable.Range(0, 6).Select(failures => schedule.Next(failures).TotalSeconds).ToList();

        Assert.All(times.Zip(expected.Split(' ').Select(int.Parse)), pair => Assert.InRange(pair.First, pair.Second, pair.Second + (interval / 10.0)));
        Assert.InRange(schedule.Next(int.MaxValue).TotalSeconds, Math.Max(interval, 3600), Math.Max(interval, 3600) * 1.1);
    }
}
