using SkillMeat.Errors;
using SkillMeat.Serving;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Serving;

/// <summary>How the program of a server is found.</summary>
public sealed class ServerProgramTests
{
    [Fact]
    public void The_named_one_comes_before_those_beside_the_module_and_those_before_the_PATH()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The programs of this test are scripts.");
            return;
        }

        using var place = TestHome.None();
        var (named, beside, onPath) = (Make(place, "named"), Make(place, "beside"), Make(place, "path"));
        var folders = new[] { Path.Combine(place.Place, "none"), Path.GetDirectoryName(beside)! };
        string? Variable(string name) => name == "PATH" ? $"relative::{Path.Combine(place.Place, "none")}:{Path.GetDirectoryName(onPath)}" : null;

        Assert.Equal(named, ServerProgram.Find(named, folders, Variable));
        Assert.Equal(named, ServerProgram.Find(Path.GetDirectoryName(named), folders, Variable));
        Assert.Equal(beside, ServerProgram.Find(null, folders, Variable));
        File.SetUnixFileMode(beside, UnixFileMode.UserRead);
        Assert.Equal(onPath, ServerProgram.Find(null, folders, Variable));
        Assert.Equal(onPath, ServerProgram.Find(null, [], Variable));
        File.Delete(onPath);
        Directory.CreateDirectory(onPath);
        Assert.Equal(ErrorIds.ProgramNotFound, Assert.Throws<SkillMeatException>(() => ServerProgram.Find(null, folders, Variable)).ErrorId);
        Assert.Equal(ErrorIds.ProgramNotFound, Assert.Throws<SkillMeatException>(() => ServerProgram.Find(null, [], _ => null)).ErrorId);
        Assert.Contains("not executable", Assert.Throws<SkillMeatException>(() => ServerProgram.Find(beside, folders, Variable)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_relative_folder_of_the_PATH_is_left_out()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("The programs of this test are scripts.");
        using var place = TestHome.None();
        var program = Make(place, "here");
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), Path.GetDirectoryName(program)!);
        Assert.True(File.Exists(Path.Combine(relative, "skm")));
        Assert.Throws<SkillMeatException>(() => ServerProgram.Find(null, [], _ => relative));
    }

    private static string Make(TestHome place, string folder)
    {
        var path = Path.Combine(place.Place, folder, "skm");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "#!/bin/sh\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }
}
