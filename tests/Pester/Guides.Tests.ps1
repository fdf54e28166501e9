#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
# Every command of every guide, run in a fresh home, in order, and compared with the guide. CONTRIBUTING.md tells how the pages are written anew.
BeforeDiscovery {
    Import-Module -Name "$PSScriptRoot/Pages.psm1" -Force
    $script:notRun = @((Import-PowerShellDataFile -LiteralPath "$PSScriptRoot/PagesNotRun.psd1").Commands)
    $script:guides = @(foreach ($file in Find-Page -Kind Guides) {
            $page = Read-Page -Path $file.FullName
            foreach ($table in $page.Tables) {
                @{ Page = $page; Name = "$($page.Name), table of commands, $($table.Language)"; Steps = @($table.Steps | ForEach-Object { @{ Step = $_; Title = $_.Title } }) }
            }

            if ($page.Steps) {
                @{ Page = $page; Name = $page.Name; Steps = @($page.Steps | ForEach-Object { @{ Step = $_; Title = $_.Title } }) }
            }
        })
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Pages.psm1" -Force
    # The pages show the paths of Linux, so their output differs on Windows.
    $script:server = $IsWindows ? $null : (Open-PageServer -Path (Join-Path $TestDrive 'github'))
}

AfterAll {
    Close-PageServer -Server $server
}

Describe '<Name>' -ForEach $guides -Skip:$IsWindows {
    BeforeAll {
        $script:except = @(Get-NotRun -Name $Page.Name)
        $script:stage = Open-PageStage -Server $server
    }

    AfterAll {
        Close-PageStage -Stage $stage
        if ($env:SKILLMEAT_UPDATE_PAGES) {
            Save-Page -Page $Page
        }
    }

    It '<Title>' -ForEach $Steps {
        Test-PageStep -Stage $stage -Page $Page -Step $Step -Except $except | Should -BeNullOrEmpty
    }
}

Describe 'Commands that are not run' {
    It '<Page>: <Command>' -ForEach $notRun {
        $commands = (Read-Page -Path (Join-Path "$PSScriptRoot/../.." $Page)).Steps | ForEach-Object { Get-StepCommand -Step $_ }
        $commands | Should -Contain $Command -Because 'a command that no page has any more needs no reason'
        Set-ItResult -Skipped -Because $Reason
    }
}

Describe 'The comparison' -Skip:$IsWindows {
    BeforeAll {
        $script:stage = Open-PageStage -Server $server

        function Test-Text {
            # Writes a page, and returns the differences.
            param([string[]] $Lines)

            $script:file = Join-Path $TestDrive 'page.md'
            Set-Content -LiteralPath $file -Value $Lines
            $page = Read-Page -Path $file
            $page.Steps | ForEach-Object { Test-PageStep -Stage $stage -Page $page -Step $_ }
            if ($env:SKILLMEAT_UPDATE_PAGES) {
                Save-Page -Page $page
            }
        }
    }

    AfterAll {
        Close-PageStage -Stage $stage
    }

    BeforeEach {
        $script:oldUpdate = $env:SKILLMEAT_UPDATE_PAGES
        $env:SKILLMEAT_UPDATE_PAGES = $null
    }

    AfterEach {
        $env:SKILLMEAT_UPDATE_PAGES = $oldUpdate
    }

    It 'accepts what is so' {
        Test-Text -Lines '```powershell', 'New-SkmSnapshot | Select-Object Id, Collection', '```', '', '```output', 'Id                     Collection', '--                     ----------', '20261125-171207-552663 default', '```' |
            Should -BeNullOrEmpty
    }

    It 'finds a wrong <What>' -ForEach @(
        @{ What = 'text'; Language = 'powershell'; Command = '"three"'; Output = 'two' }
        @{ What = 'column'; Language = 'powershell'; Command = '"a  b"'; Output = 'a b' }
        @{ What = 'size'; Language = 'powershell'; Command = '"SizeBytes : 1000"'; Output = 'SizeBytes : 1200' }
        @{ What = 'snapshot'; Language = 'powershell'; Command = '"20261125-171207-552663"'; Output = '20261125-171227-931276' }
        @{ What = 'date'; Language = 'powershell'; Command = '"2026-11-01T09:05:00"'; Output = '2026-11-01T09:06:00' }
        @{ What = 'silence'; Language = 'powershell'; Command = '$null'; Output = 'something' }
        @{ What = 'line of the command line'; Language = 'sh'; Command = 'echo three'; Output = 'two' }
    ) {
        Test-Text -Lines "``````$Language", $Command, '```', '```output', $Output, '```' | Should -BeLike "*the output is not that of the page*$Output*really*"
    }

    It 'takes the page''s own value where no two runs agree' {
        Test-Text -Lines '```powershell', '"1 updated in 12 ms.", "SizeBytes : 1000"', '```', '```output', '1 updated in 201 ms.', 'SizeBytes : 1010', '```' | Should -BeNullOrEmpty
    }

    It 'finds an error that the page does not show: <Command>' -ForEach @(
        @{ Language = 'powershell'; Command = 'Get-SkmSnapshot -Collection nowhere' }
        @{ Language = 'powershell'; Command = 'throw "no"' }
        @{ Language = 'sh'; Command = 'skm snapshot list --collection nowhere' }
    ) {
        (Test-Text -Lines "``````$Language", $Command, '```') -join ' ' | Should -Match 'has an error|ends with exit code 1'
    }

    It 'accepts an exit code that the section explains' {
        Test-Text -Lines '```sh', 'sh -c "exit 2"    # exit code 2 if there are updates', '```' | Should -BeNullOrEmpty
        Test-Text -Lines '```sh', 'sh -c "exit 2"    # exit code 3 if there are updates', '```' | Should -Not -BeNullOrEmpty
    }

    It 'does not overlook an output or a preparation without a command' {
        { Test-Text -Lines '# x', '```output', 'a', '```' } | Should -Throw '*below no command*'
        { Test-Text -Lines '<!-- before: $x = 1 -->', 'x' } | Should -Throw '*no command is below*'
    }

    It 'writes the page with SKILLMEAT_UPDATE_PAGES, but no error into it' {
        $env:SKILLMEAT_UPDATE_PAGES = '1'
        $lines = '# x', '<!-- before: $x = 3 -->', '```powershell', '$x', '```', '', '```output', '2', '```', 'End.'
        Test-Text -Lines $lines | Should -BeNullOrEmpty
        Get-Content -LiteralPath $file | Should -BeExactly $lines.Replace('2', '3')
        $lines = '```powershell', 'Get-SkmSnapshot -Collection nowhere', '```', '```output', '20261125-171207-552663', '```'
        Test-Text -Lines $lines | Should -BeLike '*has become an error*'
        Get-Content -LiteralPath $file | Should -BeExactly $lines
    }
}
