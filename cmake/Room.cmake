# SPDX-License-Identifier: GPL-3.0-or-later
# heliograph_room(NAME SOURCES ... DEPS ... LIBS ...): the library of src/NAME.
#
# DEPS are the rooms its files may include from, LIBS the foreign libraries it alone faces.
# scripts/check_layers.py reads these same lines and fails the test run when an #include goes
# elsewhere. SOURCES may be empty: the room is then headers only.
function(heliograph_room name)
    cmake_parse_arguments(ROOM "" "" "SOURCES;DEPS;LIBS" ${ARGN})
    set(target heliograph_${name})
    set(scope PUBLIC)
    if(ROOM_SOURCES)
        add_library(${target} STATIC ${ROOM_SOURCES})
        heliograph_compile_options(${target})
        target_link_libraries(${target} PRIVATE ${ROOM_LIBS})
        # A function of rapidjson 1.1 cannot be compiled; nobody calls it, and so clang does not look into it.
        if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND "PkgConfig::rapidjson" IN_LIST ROOM_LIBS)
            target_compile_options(${target} PRIVATE -fdelayed-template-parsing -Wno-delayed-template-parsing-in-cxx20
                                   -fsanitize-ignorelist=${CMAKE_SOURCE_DIR}/cmake/rapidjson.ignore)
        endif()
    else()
        add_library(${target} INTERFACE)
        set(scope INTERFACE)
    endif()
    target_include_directories(${target} ${scope} ${CMAKE_SOURCE_DIR}/src)
    foreach(dep IN LISTS ROOM_DEPS)
        target_link_libraries(${target} ${scope} heliograph_${dep})
    endforeach()
endfunction()

# The compilers CI uses. Others may know warnings that nobody has seen here yet: those are printed, and do not stop
# the build of a preset that says REFERENCE.
set(reference_compilers "GNU 12" "Clang 19")
string(REGEX MATCH "^[0-9]+" compiler_major "${CMAKE_CXX_COMPILER_VERSION}")
set(warnings_are_errors "${HELIOGRAPH_WARNINGS_AS_ERRORS}")
if(warnings_are_errors STREQUAL "REFERENCE")
    set(warnings_are_errors OFF)
    if("${CMAKE_CXX_COMPILER_ID} ${compiler_major}" IN_LIST reference_compilers)
        set(warnings_are_errors ON)
    endif()
endif()

# Sets warnings and sanitizers for one target of our own code.
function(heliograph_compile_options target)
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow)
    # An index outside of a vector ends a test, with sanitizers too, which see no further than its capacity.
    target_compile_definitions(${target} PRIVATE $<$<NOT:$<CONFIG:Release>>:_GLIBCXX_ASSERTIONS>)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang") # libstdc++ 12's stable_sort calls what it has deprecated itself
        target_compile_options(${target} PRIVATE -Wno-deprecated-declarations)
    endif()
    if(warnings_are_errors)
        target_compile_options(${target} PRIVATE -Werror)
    endif()
    if(HELIOGRAPH_SANITIZE)
        target_compile_options(${target} PRIVATE -fsanitize=${HELIOGRAPH_SANITIZE} -fno-sanitize-recover=all
                               -fno-omit-frame-pointer)
        target_link_options(${target} PUBLIC -fsanitize=${HELIOGRAPH_SANITIZE})
    endif()
    if(HELIOGRAPH_FUZZ) # what the fuzzer follows to find new ways through the code
        target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link)
    endif()
endfunction()
