using Xunit;

namespace SkillMeat.Tests.Pester;

public sealed class SecondHalfOfPesterTests(ITestOutputHelper log) : PesterTests(log)
{
    public static TheoryData<string> Files => FilesOf(1);

    [Theory]
    [MemberData(nameof(Files))]
    public Task Every_test_of_the_file_passes(string file) => PassAsync(file);
}
