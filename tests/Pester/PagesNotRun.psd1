# The commands of pages that HelpPages.Tests.ps1 and Guides.Tests.ps1 do not run, each with the reason. Each is a skipped test.
@{
    Commands = @(
        @{ Page = 'README.md'; Command = 'dotnet run --project samples/FirstRefresh'; Reason = 'it builds; its commands are those of the other pages' }
        @{ Page = 'README.md'; Command = 'dotnet test'; Reason = 'it is what runs this test' }
        @{ Page = 'README.md'; Command = './build.ps1'; Reason = 'it builds for minutes; what it makes was built before this test' }
        @{ Page = 'README.md'; Command = 'dotnet publish src/SkillMeat.Cli -c Release -o out/skm'; Reason = 'it compiles for minutes; .ci/run does it' }
        @{ Page = 'docs/getting-started.md'; Command = './build.ps1'; Reason = 'it builds for minutes; what it makes was built before this test' }
        @{ Page = 'docs/getting-started.md'; Command = 'Import-Module SkillMeat'; Reason = 'it needs a new process; Samples.Tests.ps1 imports the module by its name from a folder of PSModulePath' }
        @{ Page = 'docs/getting-started.md'; Command = 'dotnet publish src/SkillMeat.Cli -c Release -o out/skm'; Reason = 'it compiles for minutes; .ci/run does it' }
    )
}
