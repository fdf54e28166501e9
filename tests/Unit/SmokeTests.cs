using SkillMeat.Errors;
using Xunit;

namespace SkillMeat.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void Error_ids_are_kept() => Assert.Equal("LockTimeout", new SkillMeatException(ErrorIds.LockTimeout, "x").ErrorId);
}
