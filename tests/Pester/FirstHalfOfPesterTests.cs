using Xunit;

namespace SkillMeat.Tests.Pester;

public sealed class FirstHalfOfPesterTests(ITestOutputHelper log) : PesterTests(log)
{
    public static TheoryData<string> Files => FilesOf(0);

    [Theory]
    [MemberData(nameof(Files))]
    public Task Every_test_of_the_file_passes(string file) => PassAsync(file);
}
