using SkillMeat.Tests.Support;

namespace SkillMeat.Tests.Cli;

/// <summary>A user's folder in which the samples of services can be run.</summary>
internal static class SampleUser
{
    /// <summary>Makes a folder of a user with the sample home and a program <c>skm</c>.</summary>
    public static string Place(TestHome home, string programs)
    {
        var user = Path.Combine(home.Place, "user");
        var folder = Directory.CreateDirectory(Path.Combine(user, programs)).FullName;
        Directory.Move(home.Home, Path.Combine(user, ".skillmeat"));
        var program = Path.Combine(folder, "skm");
        File.WriteAllText(program, $"#!/bin/sh\nexec {string.Join(' ', SkmProcess.Command.Select(part => $"'{part}'"))} \"$@\"\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        // The upstream of the sample is beside its home.
        Directory.Move(Path.Combine(home.Place, "upstream"), Path.Combine(user, "upstream"));
        return user;
    }

    /// <summary>Reads a unit of systemd.</summary>
    public static ILookup<string, string> ReadUnit(string name, string user) => File.ReadAllLines(Path.Combine(Checkout.Folder, "samples", name)).Where(line => line.Contains('=', StringComparison.Ordinal) && line[0] != '#')
        .Select(line => line.Replace("%h", user, StringComparison.Ordinal).Split('=', 2)).ToLookup(pair => pair[0], pair => pair[1]);

    /// <summary>Reads the instructions of a container, each of which is on one line.</summary>
    public static ILookup<string, string> ReadContainerfile(string name) => File.ReadAllLines(Path.Combine(Checkout.Folder, "samples", "container", name)).Where(line => line.Contains(' ', StringComparison.Ordinal))
        .Select(line => line.Split(' ', 2)).ToLookup(pair => pair[0], pair => pair[1]);
}
