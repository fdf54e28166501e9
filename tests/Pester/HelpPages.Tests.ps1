#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
# Every example of every help page and topic, run in a fresh sample home, in order, and compared with the page. CONTRIBUTING.md tells how the pages are written anew.
BeforeDiscovery {
    Import-Module -Name "$PSScriptRoot/Pages.psm1" -Force
    $script:pages = @(Find-Page -Kind Help | ForEach-Object { Read-Page -Path $_.FullName } | Where-Object { $_.Steps } | ForEach-Object { @{ Page = $_; Name = $_.Name; Steps = @($_.Steps | ForEach-Object { @{ Step = $_; Title = $_.Title } }) } })
}

BeforeAll {
    Import-Module -Name "$PSScriptRoot/Pages.psm1" -Force
    # The pages show the paths of Linux, so their output differs on Windows.
    $script:server = $IsWindows ? $null : (Open-PageServer -Path (Join-Path $TestDrive 'github'))
}

AfterAll {
    Close-PageServer -Server $server
}

Describe '<Name>' -ForEach $pages -Skip:$IsWindows {
    BeforeAll {
        $script:stage = Open-PageStage -Server $server
    }

    AfterAll {
        Close-PageStage -Stage $stage
        if ($env:SKILLMEAT_UPDATE_PAGES) {
            Save-Page -Page $Page
        }
    }

    It '<Title>' -ForEach $Steps {
        Test-PageStep -Stage $stage -Page $Page -Step $Step | Should -BeNullOrEmpty
    }
}
